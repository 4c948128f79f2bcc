import { createApp } from "../../../src/app.ts";
import { buildDocument } from "../../../src/routes/operations/document.ts";
import { refName, type DocsDocument } from "../../../src/web/docs-model.ts";
import { operations, type Operation } from "../../http/sweep.ts";
import { Conformance } from "./conforms.ts";

interface RawResponse {
  $ref?: string;
  headers?: Record<string, unknown>;
}

interface Promises {
  paths: Record<string, Record<string, { responses: Record<string, RawResponse> }>>;
}

/** An operation as the document has it, with the headers that it promises by status. */
export interface Contract {
  operation: Operation;
  promised: ReadonlyMap<string, readonly string[]>;
}

// Sound: the document is our own, and `readOperations` is tested to take all of it.
export const document = buildDocument(createApp()) as unknown as DocsDocument & Promises;
export const conformance = new Conformance(document);

function promisedBy({ $ref, headers = {} }: RawResponse): string[] {
  const shared = $ref === undefined ? {} : (document.components?.responses?.[refName($ref)] ?? {});
  return Object.keys({ ...headers, ...("headers" in shared ? (shared.headers as object) : {}) });
}

export const contracts: Contract[] = operations.map((operation) => {
  const { responses } = document.paths[operation.path][operation.method.toLowerCase()];
  const promised = Object.entries(responses).map(([status, response]) => {
    return [status, promisedBy(response)] as const;
  });
  return { operation, promised: new Map(promised) };
});

export function contractOf(name: string): Contract {
  const found = contracts.find(({ operation }) => operation.name === name);
  if (found === undefined) throw new Error(`There is no operation "${name}"`);
  return found;
}

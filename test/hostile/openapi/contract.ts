import { createApp } from "../../../src/app.ts";
import { buildDocument } from "../../../src/routes/operations/document.ts";
import { refName, type DocsDocument } from "../../../src/web/docs-model.ts";
import { operations, type Operation } from "../../http/sweep.ts";
import { Conformance } from "./conforms.ts";

interface RawHeader {
  $ref?: string;
  required?: boolean;
}

interface RawResponse {
  $ref?: string;
  headers?: Record<string, RawHeader>;
}

interface Promises {
  components: { headers: Record<string, RawHeader> };
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

/** All but those that say of themselves that they may be missing. */
function promisedBy({ headers = {} }: RawResponse): string[] {
  const always = Object.entries(headers).filter(([, { $ref, required }]) => {
    return ($ref === undefined ? required : document.components.headers[refName($ref)].required) !== false;
  });
  return always.map(([name]) => name);
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

import { requestOf, targetOf as rightTarget } from "../../http/sweep.ts";
import type { Operation } from "../../http/sweep.ts";
import type { Credential } from "../../http/credentials.ts";
import type { Tenant } from "../../http/tenants.ts";
import type { Schema } from "./conforms.ts";
import type { Contract } from "./contract.ts";
import type { Dice } from "./dice.ts";
import type { Draft, DraftBody, Part } from "./draft.ts";
import {
  BAD_PERCENT,
  CONTENT_TYPES,
  HOSTILE_BODIES,
  HOSTILE_HEADERS,
  HOSTILE_KEYS,
} from "./hostile-values.ts";
import { HOSTILE_TEXTS } from "./hostile-values.ts";
import { hostileValue, mutated, ValueMaker } from "./make-value.ts";
import type { Pool } from "./pool.ts";

export interface Aimed {
  contract: Contract;
  credential: Credential;
  tenant: Tenant;
}

const NOBODY: Credential = {
  name: "nobody",
  authorization: null,
  kind: "none",
  scopes: [],
  role: null,
  tenant: null,
};

/** How the example of an operation fills its path. */
function rightParams(operation: Operation, tenant: Tenant): Part[] {
  const [path] = rightTarget(operation, tenant).split("?");
  const filled = path.split("/");
  return operation.path.split("/").flatMap((segment, i) => {
    const name = /^{(\w+)}$/.exec(segment)?.[1];
    return name === undefined ? [] : [{ name, value: decodeURIComponent(filled[i]) }];
  });
}

const VARIANTS = ["thumb", "medium", "large", "thumb.webp", "large.jpg", "medium.png", "x"];

/** Makes requests to an operation: some good, most of them nearly. Equal dice make equal requests. */
export class RequestMaker {
  readonly #dice: Dice;
  readonly #pool: Pool;

  constructor(dice: Dice, pool: Pool) {
    this.#dice = dice;
    this.#pool = pool;
  }

  make({ contract: { operation }, credential, tenant }: Aimed): Draft {
    const dice = this.#dice;
    const isTame = dice.chance(0.3);
    const { type, body } = this.#body(operation, tenant, isTame);
    const headers: [string, string][] = type === null ? [] : [["content-type", type]];
    if (operation.path === "/v1/collect") headers.push(["origin", "https://own.example"]);
    if (!isTame) headers.push(...this.#headers(operation, credential));
    if (operation.method === "POST" && dice.chance(0.1))
      headers.push(["idempotency-key", dice.pick(["one", "two"])]);
    return {
      operation: operation.name,
      method: operation.method === "GET" && dice.chance(0.04) ? "HEAD" : operation.method,
      path: operation.path,
      params: this.#params(operation, tenant, isTame),
      query: this.#query(operation, tenant, isTame),
      headers,
      body,
      credential: credential.name,
    };
  }

  #params(operation: Operation, tenant: Tenant, isTame: boolean): Part[] {
    const dice = this.#dice;
    return rightParams(operation, tenant).map((part) => {
      if (part.name === "variant") return { ...part, value: dice.pick(VARIANTS) };
      if (isTame || dice.chance(0.7))
        return dice.chance(0.2) ? { ...part, value: this.#pool.id(dice) } : part;
      if (dice.chance(0.15)) return { ...part, value: dice.pick(BAD_PERCENT), isRaw: true };
      const value = dice.chance(0.5) ? this.#pool.id(dice) : dice.pick(HOSTILE_TEXTS);
      // An empty segment, or dots, would be another address.
      return /^\.{0,2}$/.test(value.toWellFormed()) ? part : { ...part, value };
    });
  }

  #query({ name: operation, parameters }: Operation, tenant: Tenant, isTame: boolean): Part[] {
    const dice = this.#dice;
    const parts: Part[] = [];
    for (const { name, in: place, required, schema } of parameters) {
      if (place !== "query" || !(required === true || dice.chance(0.4))) continue;
      const times = !isTame && dice.chance(0.08) ? 2 : 1;
      for (let n = 0; n < times; n++)
        parts.push(this.#queryPart(operation, { name, schema }, tenant, isTame));
    }
    if (isTame) return parts;
    if (dice.chance(0.1)) parts.push({ name: dice.pick(HOSTILE_KEYS), value: dice.pick(HOSTILE_TEXTS) });
    if (dice.chance(0.05)) parts.push({ name: dice.pick(["limit[]", "limit", "cursor", "org"]), value: "1" });
    return parts;
  }

  #queryPart(
    operation: string,
    { name, schema }: { name: string; schema: Schema },
    tenant: Tenant,
    isTame: boolean,
  ): Part {
    const dice = this.#dice;
    if (name === "cursor") return { name, value: this.#cursor(operation, isTame) };
    if (name === "ids" && dice.chance(0.7)) return { name, value: tenant.imageId };
    if (name === "org" && dice.chance(0.7)) return { name, value: tenant.id };
    if (isTame || dice.chance(0.5)) {
      const value = new ValueMaker(dice, !isTame).make(schema);
      return { name, value: Array.isArray(value) ? String(value[0] ?? "brand:Lumo") : textOf(value) };
    }
    if (dice.chance(0.1)) return { name, value: dice.pick(BAD_PERCENT), isRaw: true };
    return { name, value: textOf(hostileValue(dice)).slice(0, 8_000) };
  }

  /** Of this list or of another, of this person or of another, or with one character changed. */
  #cursor(operation: string, isTame: boolean): string {
    const dice = this.#dice;
    const known = this.#pool.cursor(dice, operation);
    if (known === null || (!isTame && dice.chance(0.3))) return dice.pick(HOSTILE_TEXTS);
    if (isTame || dice.chance(0.6)) return known;
    const at = dice.below(known.length);
    return `${known.slice(0, at)}${dice.pick(["A", "_", "", "=", "."])}${known.slice(at + 1)}`;
  }

  #headers({ name: operation }: Operation, { cookie }: Credential): [string, string][] {
    const dice = this.#dice;
    const headers: [string, string][] = [];
    if (dice.chance(0.1)) {
      const etag = this.#pool.etag(dice, operation);
      if (etag !== null) headers.push([dice.pick(["if-none-match", "if-match"]), etag]);
    }
    for (let n = dice.below(3); n > 0; n--) {
      const name = dice.pick(Object.keys(HOSTILE_HEADERS));
      if (cookie !== undefined && name === "sec-fetch-site") continue;
      const known = name.startsWith("if-") && dice.chance(0.8) ? this.#pool.etag(dice, operation) : null;
      headers.push([name, known ?? dice.pick(HOSTILE_HEADERS[name])]);
    }
    if (cookie === undefined && dice.chance(0.05))
      headers.push(["cookie", dice.pick(["better-auth.session_token=%ff", "=;=;", "a=b; ".repeat(900)])]);
    return headers;
  }

  #body(
    operation: Operation,
    tenant: Tenant,
    isTame: boolean,
  ): { type: string | null; body: DraftBody | null } {
    const dice = this.#dice;
    const init = requestOf(operation, NOBODY, tenant);
    const right = new Headers(init.headers).get("content-type");
    if (right === null) return dice.chance(0.02) ? { type: "text/plain", body: { bytes: "x" } } : noBody;
    const type = isTame || dice.chance(0.92) ? right : dice.pick(CONTENT_TYPES);
    if (!isTame && dice.chance(0.06)) return { type, body: { bytes: dice.pick(HOSTILE_BODIES) } };
    if (!isTame && dice.chance(0.02)) return noBody;
    const given = init.body as string | Uint8Array<ArrayBuffer>;
    if (typeof given !== "string") return { type, body: { bytes: this.#bytes(given, isTame) } };
    if (!right.includes("json") || right.includes("ndjson"))
      return { type, body: { bytes: this.#lines(given, isTame) } };
    return { type, body: { json: this.#json(operation, JSON.parse(given), isTame) } };
  }

  #json(operation: Operation, example: unknown, isTame: boolean): unknown {
    const dice = this.#dice;
    const schema = operation.body[0]?.schema;
    let value = example;
    if (schema && dice.chance(0.5)) value = new ValueMaker(dice, !isTame).make(schema);
    value = this.#withKnownIds(value);
    for (let n = isTame ? 0 : dice.below(3); n > 0; n--) value = mutated(dice, value);
    return value;
  }

  /** Ids that are there, of whatever kind, and addresses that nobody has yet. */
  #withKnownIds(value: unknown): unknown {
    const dice = this.#dice;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const known = Object.entries(value).map(([key, member]): [string, unknown] => {
      if (/^(?:email|slug)$/.test(key) && typeof member === "string" && dice.chance(0.7)) {
        const name = `fuzz-${dice.below(1e9)}`;
        return [key, key === "email" ? `${name}@shop.example` : name];
      }
      return key.endsWith("_id") && dice.chance(0.3) ? [key, this.#pool.id(dice)] : [key, member];
    });
    return Object.fromEntries(known);
  }

  #lines(example: string, isTame: boolean): string {
    const dice = this.#dice;
    if (isTame) return example;
    const lines = example.split("\n").filter((line) => line !== "");
    for (let n = 1 + dice.below(4); n > 0; n--) {
      const line = dice.pick(lines);
      const more = dice.chance(0.3) ? dice.pick(HOSTILE_BODIES) : null;
      lines.push(typeof more === "string" ? more : changedLine(dice, line));
    }
    return lines.join(dice.pick(["\n", "\n", "\r\n", "\r", "\n\n"]));
  }

  #bytes(example: Uint8Array<ArrayBuffer>, isTame: boolean): Uint8Array<ArrayBuffer> {
    const dice = this.#dice;
    if (isTame) return example;
    const changed = example.slice(0, dice.chance(0.5) ? example.length : dice.below(example.length));
    for (let n = dice.below(6); n > 0 && changed.length > 0; n--)
      changed[dice.below(changed.length)] = dice.below(256);
    return changed;
  }
}

const noBody = { type: null, body: null };

function changedLine(dice: Dice, line: string): string {
  try {
    return JSON.stringify(mutated(dice, JSON.parse(line))) ?? "";
  } catch {
    return `${line}${dice.pick(HOSTILE_TEXTS)}`;
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? "[object]" : String(value);
}

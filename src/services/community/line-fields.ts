import type { CommunityRefusal } from "../../db/queries/community-writes.ts";
import type { LineFault } from "../ndjson/json-line.ts";
import { EventFault, kindOf, readTime } from "../events/event-fields.ts";
import { commentIdOf, isPostId, personIdOf, postIdOf, timeOfId } from "./community-ids.ts";

/** Why one line is not taken: stable, what a program decides on. */
export type CommunityFaultCode =
  | LineFault
  | CommunityRefusal
  | "not_an_object"
  | "unknown_kind"
  | "unknown_field"
  | "invalid_id"
  | "invalid_name"
  | "invalid_email"
  | "invalid_avatar"
  | "invalid_value"
  | "invalid_text"
  | "invalid_mentions"
  | "invalid_images"
  | "invalid_time"
  | "in_future"
  | "with_self";

/** Thrown by the readers of fields, caught by `parseCommunityLine`. */
export class CommunityFault extends Error {
  override readonly name = "CommunityFault";
  readonly code: CommunityFaultCode;

  constructor(code: CommunityFaultCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Of an id, ours or the caller's. */
const MAX_KEY = 200;
const KEY = /^[^\p{C}\s](?:[^\p{C}\n]*[^\p{C}\s])?$/u;

/** The fields of one line, each read once by the name it has there. */
export class LineFields {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #now: number;

  constructor(fields: Readonly<Record<string, unknown>>, now: number) {
    this.#fields = fields;
    this.#now = now;
  }

  /** `undefined` where there is none, or null. */
  get(name: string): unknown {
    return this.#fields[name] ?? undefined;
  }

  refuseOthersThan(known: ReadonlySet<string>): void {
    const unknown = Object.keys(this.#fields).find((name) => name !== "kind" && !known.has(name));
    if (unknown === undefined) return;
    throw new CommunityFault("unknown_field", `There is no field ${JSON.stringify(unknown.slice(0, 80))}`);
  }

  person(name: string): string {
    return personIdOf(keyOf(this.get(name), name));
  }

  /** The id of a post that this line is, by a key that may be an id of `at`. */
  newPost(at: number): string {
    return ofTime(postIdOf(keyOf(this.get("id"), "id"), at), at);
  }

  newComment(at: number): string {
    return ofTime(commentIdOf(keyOf(this.get("id"), "id"), at), at);
  }

  /** The id of a post that another line is. */
  post(): string {
    const key = keyOf(this.get("post"), "post");
    if (isPostId(key)) return key;
    if (this.get("post_at") !== undefined) return postIdOf(key, this.time("post_at"));
    throw new CommunityFault(
      "invalid_id",
      "A post that is named by a key of yours needs its time in `post_at`",
    );
  }

  /** Milliseconds since the epoch, not later than now. */
  time(name: string): number {
    const at = timeOf(this.get(name), name);
    if (at < 0) throw new CommunityFault("invalid_time", `Expected a time since 1970 as ${name}`);
    if (at > this.#now) throw new CommunityFault("in_future", `What is in ${name} has not come yet`);
    return at;
  }

  /** A text that is `""` where there is none. */
  text(name: string): string {
    const value = this.get(name) ?? "";
    if (typeof value === "string") return value;
    throw new CommunityFault("invalid_text", `Expected ${name} as text, not ${kindOf(value)}`);
  }

  list(name: string, max: number, code: CommunityFaultCode): unknown[] {
    const value = this.get(name) ?? [];
    if (Array.isArray(value) && value.length <= max) return value;
    throw new CommunityFault(code, `Expected a list of at most ${max} as ${name}`);
  }

  oneOf<T extends string>(name: string, words: readonly T[], standard?: T): T {
    const value = this.get(name) ?? standard;
    const word = words.find((one) => one === value);
    if (word !== undefined) return word;
    throw new CommunityFault(
      "invalid_value",
      `Expected ${name} as one of ${words.join(", ")}, not ${kindOf(value)}`,
    );
  }
}

export function keyOf(value: unknown, name: string): string {
  if (typeof value === "string" && value.length <= MAX_KEY && KEY.test(value) && value.isWellFormed())
    return value;
  throw new CommunityFault(
    "invalid_id",
    `Expected ${name} as an id or a key of 1 to ${MAX_KEY} characters, not ${kindOf(value)}`,
  );
}

function ofTime(id: string, at: number): string {
  if (timeOfId(id) === at) return id;
  throw new CommunityFault(
    "invalid_id",
    `The id ${id} is not of the time in at: ids are in the order of time`,
  );
}

function timeOf(value: unknown, name: string): number {
  try {
    return readTime(value);
  } catch (error) {
    if (error instanceof EventFault) throw new CommunityFault("invalid_time", `${name}: ${error.message}`);
    throw error;
  }
}

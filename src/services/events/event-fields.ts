/** Why one event is not taken: stable, what a program decides on. */
export type EventFaultCode =
  | "not_an_object"
  | "unknown_field"
  | "invalid_id"
  | "unknown_type"
  | "invalid_user"
  | "invalid_name"
  | "invalid_time"
  | "too_old"
  | "in_future"
  | "invalid_path"
  | "invalid_referrer"
  | "invalid_user_agent"
  | "invalid_properties"
  | "properties_too_large"
  | "conflict";

/** Thrown by the readers of fields, caught by `parseEvent`. */
export class EventFault extends Error {
  readonly code: EventFaultCode;

  constructor(code: EventFaultCode, detail: string) {
    super(detail);
    this.name = "EventFault";
    this.code = code;
  }
}

export const MAX_USER_ID = 200;

const CONTROL = /\p{Cc}/u;
const MAX_QUOTED = 40;

/** Well-formed text without control characters, of at most `max` UTF-16 code units. */
export function readText(value: unknown, what: string, max: number, code: EventFaultCode): string {
  if (typeof value !== "string") throw new EventFault(code, `Expected ${what} as text, not ${kindOf(value)}`);
  if (value.length > max) {
    throw new EventFault(code, `The ${what} has ${value.length} characters: at most ${max} are taken`);
  }
  if (CONTROL.test(value)) throw new EventFault(code, `The ${what} holds a control character`);
  if (!value.isWellFormed()) throw new EventFault(code, `The ${what} holds half of a surrogate pair`);
  return value;
}

/** As `readText`, where blank text is refused too. */
export function readRequired(value: unknown, what: string, max: number, code: EventFaultCode): string {
  const text = readText(value, what, max, code);
  if (text.trim() === "") throw new EventFault(code, `The ${what} is empty`);
  return text;
}

/** An organisation's own id of a user. `.` and `..` name no one: URLs drop them, so such a user could never be erased. */
export function readUserId(value: unknown, what: string, code: EventFaultCode): string {
  const id = readRequired(value, what, MAX_USER_ID, code);
  if (id !== "." && id !== "..") return id;
  throw new EventFault(code, `The ${what} is one that no URL can hold`);
}

/** As `readText`, where nothing, null and blank text mean not known. */
export function readOptional(value: unknown, what: string, max: number, code: EventFaultCode): string | null {
  if (value === undefined || value === null) return null;
  const text = readText(value, what, max, code);
  return text.trim() === "" ? null : text;
}

const RFC_3339 = /^(\d{4}-\d{2}-(\d{2}))[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds since the epoch, of an RFC 3339 time or of the same number. */
export function readTime(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  const match = typeof value === "string" ? RFC_3339.exec(value) : null;
  if (match !== null) {
    const at = Date.parse(match[0].toUpperCase());
    // Date takes 30 February for 2 March.
    const isDay = new Date(`${match[1]}T00:00:00Z`).getUTCDate() === Number(match[2]);
    if (isDay && !Number.isNaN(at)) return at;
  }
  const detail = `Expected an RFC 3339 time with its zone, or milliseconds since the epoch, not ${kindOf(value)}`;
  throw new EventFault("invalid_time", detail);
}

/** What a value is, for a message; short texts are quoted. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") {
    return value.length <= MAX_QUOTED ? `the text ${JSON.stringify(value)}` : "a long text";
  }
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  return "an object";
}

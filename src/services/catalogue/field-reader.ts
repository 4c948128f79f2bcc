import type { FieldError } from "../../domain/errors.ts";

const MAX_ERRORS = 20;
const MAX_PATH = 80;

/** Reads the fields of one product from unknown JSON and notes what is wrong with each: at most 20 errors. */
export class FieldReader {
  readonly errors: FieldError[] = [];

  refuse(path: string, message: string): null {
    if (this.errors.length < MAX_ERRORS) this.errors.push({ path: cut(path), message });
    return null;
  }

  /** Well-formed text of at most `max` UTF-16 code units; `null` (and an error) for anything else. */
  text(value: unknown, path: string, max: number): string | null {
    if (typeof value !== "string") return this.refuse(path, `Expected text, not ${kindOf(value)}`);
    if (value.length > max) {
      return this.refuse(path, `The text has ${value.length} characters: at most ${max} are taken`);
    }
    if (value.includes("\0")) return this.refuse(path, "The text holds a NUL character");
    if (!value.isWellFormed()) return this.refuse(path, "The text holds half of a surrogate pair");
    return value;
  }

  /** As `text`, where null, nothing and blank text mean not known. */
  optionalText(value: unknown, path: string, max: number): string | null {
    if (value === undefined || value === null) return null;
    const text = this.text(value, path, max);
    return text === null || isBlank(text) ? null : text;
  }

  /** A finite number from `min` to `max`. */
  number(value: unknown, path: string, { min, max }: { min: number; max: number }): number | null {
    if (typeof value !== "number") return this.refuse(path, `Expected a number, not ${kindOf(value)}`);
    if (value >= min && value <= max) return value;
    return this.refuse(path, `Expected a number from ${min} to ${max}, not ${value}`);
  }

  wholeNumber(value: unknown, path: string, range: { min: number; max: number }): number | null {
    const number = this.number(value, path, range);
    if (number === null || Number.isInteger(number)) return number;
    return this.refuse(path, `Expected a whole number, not ${number}`);
  }
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a value is, for a message; short texts are quoted. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value.length <= 40 ? `the text ${JSON.stringify(value)}` : "a text";
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  return "an object";
}

function cut(path: string): string {
  return path.length <= MAX_PATH ? path : `${path.slice(0, MAX_PATH)}…`;
}

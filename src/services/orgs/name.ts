import { AppError } from "../../domain/errors.ts";

const MAX_NAME = 200;
/** Control characters, and those that turn the direction of what stands around the name. */
const REFUSED = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether people can read a text where a name stands: well-formed, with something to see, and without control characters. */
export function isName(text: string): boolean {
  return text.isWellFormed() && VISIBLE.test(text) && !REFUSED.test(text);
}

/** A name for people, trimmed: 1 to 200 characters of what `isName` takes. */
export function requireName(given: string): string {
  const name = given.trim();
  if (name.length <= MAX_NAME && isName(name)) return name;
  const message = `Expected 1 to ${MAX_NAME} characters of text`;
  throw new AppError("invalid_input", {
    detail: "The name is not valid",
    errors: [{ path: "name", message }],
  });
}

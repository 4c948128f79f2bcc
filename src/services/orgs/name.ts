import { AppError } from "../../domain/errors.ts";

const MAX_NAME = 200;

/** A name for people, trimmed: 1 to 200 characters of well-formed text without control characters. */
export function requireName(given: string): string {
  const name = given.trim();
  const wellFormed = name.isWellFormed() && !/\p{Cc}/u.test(name);
  if (name !== "" && name.length <= MAX_NAME && wellFormed) return name;
  const message = `Expected 1 to ${MAX_NAME} characters of text`;
  throw new AppError("invalid_input", {
    detail: "The name is not valid",
    errors: [{ path: "name", message }],
  });
}

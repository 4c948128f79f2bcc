import { EventFault, kindOf } from "./event-fields.ts";

export const MAX_PROPERTIES_BYTES = 4_096;
const MAX_DEPTH = 3;

const utf8 = new TextEncoder();

/** A JSON object of at most 4 KB, nested at most three deep; `null` where there are no properties. */
export function readProperties(value: unknown): Record<string, unknown> | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new EventFault("invalid_properties", `Expected properties as an object, not ${kindOf(value)}`);
  }
  check(value, 1);
  // The object was checked above; what it holds is whatever the client sent.
  const properties = value as Record<string, unknown>;
  if (Object.keys(properties).length === 0) return null;
  const bytes = utf8.encode(JSON.stringify(properties)).length;
  if (bytes <= MAX_PROPERTIES_BYTES) return properties;
  throw new EventFault(
    "properties_too_large",
    `The properties are ${bytes} bytes of JSON: at most ${MAX_PROPERTIES_BYTES} are taken`,
  );
}

function check(value: unknown, depth: number): void {
  if (typeof value === "string") return checkText(value);
  if (typeof value !== "object" || value === null) return;
  if (depth > MAX_DEPTH) {
    throw new EventFault("invalid_properties", `The properties are nested more than ${MAX_DEPTH} deep`);
  }
  for (const [key, inner] of Object.entries(value)) {
    checkText(key);
    check(inner, depth + 1);
  }
}

function checkText(text: string): void {
  if (text.includes("\0") || !text.isWellFormed()) {
    throw new EventFault("invalid_properties", "The properties hold a NUL or half of a surrogate pair");
  }
}

import { RawJson } from "./hostile-values.ts";

/** A part of an address; `isRaw` is put there as it is, without percent-encoding. */
export interface Part {
  name: string;
  value: string;
  isRaw?: boolean;
}

export type DraftBody = { json: unknown } | { bytes: string | Uint8Array<ArrayBuffer> };

/** A request before it is written down: what can be shrunk, sent again and shown. */
export interface Draft {
  operation: string;
  method: string;
  /** As the document has it. */
  path: string;
  params: readonly Part[];
  query: readonly Part[];
  /** In order; a name may come twice. Without the credential's own. */
  headers: readonly (readonly [string, string])[];
  body: DraftBody | null;
  /** Its name in the world. */
  credential: string;
}

function encoded({ value, isRaw }: Part): string {
  return isRaw === true ? value : encodeURIComponent(value.toWellFormed());
}

export function targetOf({ path, params, query }: Draft): string {
  const filled = path.replaceAll(/{(\w+)}/g, (whole, name: string) => {
    const part = params.find((one) => one.name === name);
    return part === undefined ? whole : encoded(part);
  });
  const pairs = query.map((part) => `${encodeURIComponent(part.name.toWellFormed())}=${encoded(part)}`);
  return pairs.length === 0 ? filled : `${filled}?${pairs.join("&")}`;
}

/** JSON as `JSON.stringify` writes it, but for raw numbers. */
export function jsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`);
  return `{${members.join(",")}}`;
}

export function bodyOf({ body }: Draft): string | Uint8Array<ArrayBuffer> | null {
  if (body === null) return null;
  return "json" in body ? jsonText(body.json) : body.bytes;
}

const SHOWN = 600;

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}

/** The request as text, for people. */
export function shown(draft: Draft): string {
  const body = bodyOf(draft);
  const lines = [
    `${draft.method} ${cut(targetOf(draft))}`,
    `  as ${draft.credential}`,
    ...draft.headers.map(([name, value]) => `  ${name}: ${cut(JSON.stringify(value))}`),
  ];
  if (typeof body === "string") lines.push(`  ${cut(JSON.stringify(body))}`);
  else if (body !== null)
    lines.push(`  ${body.length} bytes: ${Buffer.from(body.slice(0, 32)).toString("hex")}`);
  return lines.join("\n");
}

import type { FieldError } from "../../domain/errors.ts";
import type { ProductInput } from "../../domain/product.ts";
import type { RejectionCode } from "./import-report.ts";
import { parseProduct } from "./parse-product.ts";

export const MAX_LINE_BYTES = 256 * 1_024;
const MAX_DETAIL = 500;

export type ReadLine =
  | { kind: "blank" }
  | { kind: "product"; product: ProductInput }
  | { kind: "rejected"; code: RejectionCode; detail: string };

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** One line of NDJSON; `null` stands for one over the limit. */
export function readLine(bytes: Uint8Array | null): ReadLine {
  if (bytes === null)
    return rejected("line_too_long", `The line is over the limit of ${MAX_LINE_BYTES} bytes`);
  const text = decode(bytes);
  if (text === null) return rejected("invalid_utf8", "The line is not valid UTF-8");
  if (text.trim() === "") return { kind: "blank" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return rejected("invalid_json", error instanceof Error ? error.message : "The line is not JSON");
  }
  const parsed = parseProduct(value);
  if ("ok" in parsed) return { kind: "product", product: parsed.ok };
  return rejected("invalid_product", parsed.errors.map(described).join("; "));
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function described({ path, message }: FieldError): string {
  return path === "" ? message : `${path}: ${message}`;
}

function rejected(code: RejectionCode, detail: string): ReadLine {
  const wellFormed = detail.toWellFormed();
  return {
    kind: "rejected",
    code,
    detail:
      wellFormed.length <= MAX_DETAIL ? wellFormed : `${wellFormed.slice(0, MAX_DETAIL)}…`.toWellFormed(),
  };
}

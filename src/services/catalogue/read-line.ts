import type { FieldError } from "../../domain/errors.ts";
import type { ProductInput } from "../../domain/product.ts";
import { readJsonLine, refused } from "../ndjson/json-line.ts";
import type { RejectionCode } from "./import-report.ts";
import { parseProduct } from "./parse-product.ts";

export const MAX_LINE_BYTES = 256 * 1_024;

export type ReadLine =
  | { kind: "blank" }
  | { kind: "product"; product: ProductInput }
  | { kind: "rejected"; code: RejectionCode; detail: string };

/** One line of NDJSON; `null` stands for one over the limit. */
export function readLine(bytes: Uint8Array | null): ReadLine {
  const read = readJsonLine(bytes, MAX_LINE_BYTES);
  if (read.kind !== "value") return read;
  const parsed = parseProduct(read.value);
  if ("ok" in parsed) return { kind: "product", product: parsed.ok };
  return refused("invalid_product", parsed.errors.map(described).join("; "));
}

export function described({ path, message }: FieldError): string {
  return path === "" ? message : `${path}: ${message}`;
}

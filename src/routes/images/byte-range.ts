import type { ByteRange } from "../../services/images/pictures.ts";

/** `whole` where a range header says nothing that counts (RFC 9110, section 14.2); `outside` is a 416. */
export type AskedRange = { kind: "whole" } | { kind: "part"; range: ByteRange } | { kind: "outside" };

const WHOLE: AskedRange = { kind: "whole" };
const OUTSIDE: AskedRange = { kind: "outside" };

/** One range of `size` bytes. Several at once, other units and what cannot be read are answered with the whole. */
export function parseRange(header: string | undefined, size: number): AskedRange {
  const [, first, last] = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header ?? "") ?? [];
  if (first === undefined || (first === "" && last === "")) return WHOLE;
  if (first === "") {
    const length = Math.min(size, Number(last));
    return length === 0 ? OUTSIDE : { kind: "part", range: { offset: size - length, length } };
  }
  const offset = Number(first);
  const end = last === "" ? size - 1 : Math.min(size - 1, Number(last));
  if (last !== "" && Number(last) < offset) return WHOLE;
  return offset >= size ? OUTSIDE : { kind: "part", range: { offset, length: end - offset + 1 } };
}

/** Whether `If-Range` lets a range count: absent, or this very entity tag. Dates tell nothing here, weak tags too little. */
export function allowsRange(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange.trim() === etag;
}

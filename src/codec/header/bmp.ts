import { corrupt, type FileHeader, peek, type Steps, take, unsupported } from "./steps.ts";

const HEADER_AT = 14;
const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = 40;
const MAX_HEADER_BYTES = 124;
const JPEG_INSIDE = 4;
const PNG_INSIDE = 5;

export const BMP_SIGNATURE_BYTES = 28;

/** A BMP by more than its two letters: the length of its second header, and one plane. */
export function hasBmpHeader(start: DataView): boolean {
  if (start.byteLength < BMP_SIGNATURE_BYTES) return false;
  const bytes = start.getUint32(HEADER_AT, true);
  if (bytes === CORE_HEADER_BYTES) return start.getUint16(22, true) === 1;
  return bytes >= 16 && bytes <= MAX_HEADER_BYTES && start.getUint16(26, true) <= 1;
}

export function* bmpHeader(): Steps<FileHeader> {
  const bytes = (yield* peek(BMP_SIGNATURE_BYTES)).getUint32(HEADER_AT, true);
  const isCore = bytes === CORE_HEADER_BYTES;
  if (!isCore && bytes < INFO_HEADER_BYTES) throw unsupported("bmp", `a header of ${bytes} bytes`);
  const header = yield* take(HEADER_AT + (isCore ? CORE_HEADER_BYTES : INFO_HEADER_BYTES));
  const width = isCore ? header.getUint16(18, true) : header.getInt32(18, true);
  const height = isCore ? header.getUint16(20, true) : Math.abs(header.getInt32(22, true));
  if (width <= 0 || height === 0) throw corrupt("bmp", `it has ${width} × ${height} pixels`);
  const compression = isCore ? 0 : header.getUint32(30, true);
  if (compression === JPEG_INSIDE || compression === PNG_INSIDE) {
    throw unsupported("bmp", `a ${compression === JPEG_INSIDE ? "JPEG" : "PNG"} inside`);
  }
  return { format: "bmp", width, height, isInterlaced: false, heldBytes: 0, mayHaveAlpha: true };
}

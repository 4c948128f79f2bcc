/**
 * CESU-8 (Unicode Technical Report 26), lone surrogates included: each UTF-16 code unit in one to three bytes. Unlike
 * UTF-8 it keeps every JavaScript string, and its byte order is JavaScript's order of strings.
 */
export function encodeCesu8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3);
  return bytes.slice(0, writeCesu8(bytes, 0, text));
}

/** Writes `text` at `at`, where three bytes a code unit must be free; returns where the next byte goes. */
export function writeCesu8(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes[at++] = unit;
    else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 63);
    } else {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 63);
      bytes[at++] = 0x80 | (unit & 63);
    }
  }
  return at;
}

const CHUNK = 4096;
const units = new Uint16Array(CHUNK);

/** The string in `bytes[start, end)`. Safe for bytes that are no CESU-8. */
export function decodeCesu8(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  let count = 0;
  for (let at = start; at < end;) {
    const byte = bytes[at++];
    let unit = byte;
    if (byte >= 0xe0) {
      unit = ((byte & 15) << 12) | ((bytes[at] & 63) << 6) | (bytes[at + 1] & 63);
      at += 2;
    } else if (byte >= 0xc0) unit = ((byte & 31) << 6) | (bytes[at++] & 63);
    units[count++] = unit;
    if (count === CHUNK) {
      text += fromUnits(count);
      count = 0;
    }
  }
  return text + fromUnits(count);
}

function fromUnits(count: number): string {
  // apply() takes any array-like; TypeScript's signature asks for number[].
  return String.fromCharCode.apply(null, units.subarray(0, count) as unknown as number[]);
}

/** Bytes of `text` in CESU-8. */
export function cesu8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) length += unit < 0x800 ? 1 : 2;
  }
  return length;
}

/** Order of two byte strings, as JavaScript orders the strings they encode. */
export function compareBytes(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number {
  const length = Math.min(aEnd - aStart, bEnd - bStart);
  for (let i = 0; i < length; i++) {
    const difference = a[aStart + i] - b[bStart + i];
    if (difference !== 0) return difference;
  }
  return aEnd - aStart - (bEnd - bStart);
}

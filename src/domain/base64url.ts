const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NO_DIGIT = 64;
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/** Base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const bits = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    text +=
      ALPHABET[bits >> 18] + ALPHABET[(bits >> 12) & 63] + ALPHABET[(bits >> 6) & 63] + ALPHABET[bits & 63];
  }
  if (bytes.length - whole === 1)
    return text + ALPHABET[bytes[whole] >> 2] + ALPHABET[(bytes[whole] & 3) << 4];
  if (whole === bytes.length) return text;
  const bits = (bytes[whole] << 8) | bytes[whole + 1];
  return text + ALPHABET[bits >> 10] + ALPHABET[(bits >> 4) & 63] + ALPHABET[(bits & 15) << 2];
}

/** The bytes of a canonical base64url text, `null` for any other: each value has exactly one spelling. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? NO_DIGIT;
    if (value === NO_DIGIT) return null;
    bits = (bits << 6) | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = bits >> held;
    bits &= (1 << held) - 1;
  }
  return bits === 0 ? bytes : null;
}

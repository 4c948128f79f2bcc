import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const MAX_SHORT = 1_024;

/** The SHA-256 of a short text's UTF-8, in lower-case hexadecimal, at once: WebCrypto is the faster from about 4 KB on. */
export function sha256HexOfShort(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}

/** The SHA-256 of bytes or of a text's UTF-8, in lower-case hexadecimal. */
export async function sha256Hex(input: string | ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  // A credential or a cache's key is digested here before WebCrypto has begun.
  if (bytes instanceof Uint8Array && bytes.length <= MAX_SHORT) return bytesToHex(sha256(bytes));
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** FNV-1a of 32 bits, over UTF-16: quick, and no secret's keeper. */
export function fnv1a(text: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash >>> 0;
}

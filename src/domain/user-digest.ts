import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "./base64url.ts";

const DIGEST_BYTES = 16;

/** Stands for an erased user's id: 128 bits of its SHA-256 in base64url, so that the id itself is kept nowhere. */
export function userDigest(userId: string): string {
  return toBase64Url(sha256(new TextEncoder().encode(userId)).subarray(0, DIGEST_BYTES));
}

import { AppError } from "../../domain/errors.ts";

const HASH_BYTES = 32;

/**
 * The SHA-256 of a body in hexadecimal, as `Content-Digest: sha-256=:…:` (RFC 9530) has it; `null` where it is not among
 * the digests. Throws `bad_request` for one that is none.
 */
export function sha256OfContentDigest(header: string | undefined): string | null {
  const [, value] = /(?:^|,)\s*sha-256=([^,]*)/.exec(header ?? "") ?? [];
  if (value === undefined) return null;
  const [, base64] = /^:([A-Za-z0-9+/]{43}=):\s*$/.exec(value) ?? [];
  const bytes = base64 === undefined ? "" : atob(base64);
  if (bytes.length !== HASH_BYTES) {
    throw new AppError("bad_request", "The Content-Digest is not sha-256=:…: with 32 bytes in base64");
  }
  return Array.from(bytes, (char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "./base64url.ts";

/** More are not read: a client that waits for so many answers at once has lost count. */
const MAX_TOKENS = 64;
const DIGEST_BYTES = 9;
const TOKEN = /^(\d{1,15})\.([A-Za-z0-9_-]{12})$/;

const MAX_DIGESTS = 2_000;
/** Of the people of the last requests: each has one digested two or three times. */
const digests = new Map<string, string>();

/** Whose a token is, in 72 bits, so that another's is told from one's own. */
function digestOf(userId: string): string {
  const known = digests.get(userId);
  if (known !== undefined) return known;
  const bytes = sha256(new TextEncoder().encode(`own writes of ${userId}`));
  const digest = toBase64Url(bytes.subarray(0, DIGEST_BYTES));
  if (digests.size >= MAX_DIGESTS) digests.clear();
  digests.set(userId, digest);
  return digest;
}

/**
 * What an answer says of the state it comes from: it shows the first `seq` writes of this person. Not signed: one that is made
 * up costs its sender a read of the database, or the sight of their own last write for a few seconds.
 */
export function consistencyToken(userId: string, seq: number): string {
  return `${seq}.${digestOf(userId)}`;
}

/** How many writes of this person the tokens speak of, of several the most; `null` where none is a token of theirs. */
export function knownSeq(tokens: readonly string[], userId: string): number | null {
  if (tokens.length === 0) return null;
  const own = digestOf(userId);
  let most: number | null = null;
  for (const token of tokens.slice(-MAX_TOKENS)) {
    const [, seq, digest] = TOKEN.exec(token.trim()) ?? [];
    if (digest === own) most = Math.max(most ?? 0, Number(seq));
  }
  return most;
}

/** The `seq` of a token that is one. */
export function seqOfToken(token: string): number {
  return Number.parseInt(token, 10);
}

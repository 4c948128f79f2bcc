import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "./base64url.ts";

/** What an HMAC has been fed, and takes more of. */
export interface SigningState {
  update(bytes: Uint8Array): SigningState;
  digest(): Uint8Array;
  clone(): SigningState;
}

const KEPT = 32;
const KEY_BYTES = 32;
const SALT = new Uint8Array(KEY_BYTES);
const signingStates = new Map<string, SigningState>();
const signingKeys = new Map<string, Uint8Array>();
const sealingKeys = new Map<string, CryptoKey>();

function derive(secret: string, purpose: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const derived = hkdf(sha256, encoder.encode(secret), SALT, encoder.encode(purpose), KEY_BYTES);
  return new Uint8Array(derived);
}

function keep<T>(keys: Map<string, T>, name: string, key: T): T {
  if (keys.size >= KEPT) keys.clear();
  // The key itself is kept, not its promise: a promise of one request must not be awaited by another in Workers.
  keys.set(name, key);
  return key;
}

/** An HMAC-SHA-256 key for one purpose, derived from the deployment's secret by HKDF (RFC 5869). */
export function signingKey(secret: string, purpose: string): Uint8Array {
  const name = `${purpose}\n${secret}`;
  return signingKeys.get(name) ?? keep(signingKeys, name, derive(secret, purpose));
}

/** 48 bits that tell secrets apart and say nothing of any, which is long and random: 8 characters. */
export function secretId(secret: string): string {
  return toBase64Url(signingKey(secret, "vitrine secret id v1").subarray(0, 6));
}

/** An HMAC-SHA-256 that has taken in `signingKey`, for one text: to take it in is a third of a cursor's work. */
export function signingState(secret: string, purpose: string): SigningState {
  const name = `${purpose}\n${secret}`;
  const known = signingStates.get(name);
  return (known ?? keep(signingStates, name, hmac.create(sha256, signingKey(secret, purpose)))).clone();
}

/** An HMAC-SHA-256 that has taken in the bytes of a key that is text, for one text. */
export function textSigningState(key: string): SigningState {
  const name = `text\n${key}`;
  const known = signingStates.get(name);
  const state = known ?? keep(signingStates, name, hmac.create(sha256, new TextEncoder().encode(key)));
  return state.clone();
}

/** An AES-256-GCM key for one purpose, derived from the deployment's secret by HKDF (RFC 5869). */
export async function sealingKey(secret: string, purpose: string): Promise<CryptoKey> {
  const name = `${purpose}\n${secret}`;
  const known = sealingKeys.get(name);
  if (known !== undefined) return known;
  const raw = derive(secret, purpose);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  return keep(sealingKeys, name, key);
}

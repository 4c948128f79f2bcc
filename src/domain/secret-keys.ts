const KEPT = 16;
const keys = new Map<string, CryptoKey>();

type KeyAlgorithm = { name: "HMAC"; hash: string; length: number } | { name: "AES-GCM"; length: number };

async function derive(secret: string, purpose: string, algorithm: KeyAlgorithm): Promise<CryptoKey> {
  const name = `${purpose}\n${secret}`;
  const known = keys.get(name);
  if (known) return known;
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: encoder.encode(purpose) };
  const key =
    algorithm.name === "HMAC"
      ? await crypto.subtle.deriveKey(hkdf, material, algorithm, false, ["sign", "verify"])
      : await crypto.subtle.deriveKey(hkdf, material, algorithm, false, ["encrypt", "decrypt"]);
  if (keys.size >= KEPT) keys.clear();
  // The key itself is kept, not its promise: a promise of one request must not be awaited by another in Workers.
  keys.set(name, key);
  return key;
}

/** An HMAC-SHA-256 key for one purpose, derived from the deployment's secret by HKDF (RFC 5869). */
export function signingKey(secret: string, purpose: string): Promise<CryptoKey> {
  return derive(secret, purpose, { name: "HMAC", hash: "SHA-256", length: 256 });
}

/** An AES-256-GCM key for one purpose, derived from the deployment's secret by HKDF (RFC 5869). */
export function sealingKey(secret: string, purpose: string): Promise<CryptoKey> {
  return derive(secret, purpose, { name: "AES-GCM", length: 256 });
}

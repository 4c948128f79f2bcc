import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { sealingKey } from "./secret-keys.ts";

const NONCE_BYTES = 12;

/**
 * Text encrypted with AES-256-GCM under a key of the deployment's secret: base64url of a nonce (12 bytes) and the
 * ciphertext.
 * `context` (for example the row's key) is authenticated, so that a value cannot be moved to another row.
 */
export async function seal(secret: string, context: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: encoder.encode(context) };
  const key = await sealingKey(secret, "vitrine sealed v1");
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, encoder.encode(text)));
  const bytes = new Uint8Array(NONCE_BYTES + sealed.length);
  bytes.set(nonce);
  bytes.set(sealed, NONCE_BYTES);
  return toBase64Url(bytes);
}

/** The text that `seal` took with the same secret and context; throws when `sealed` is not of that making. */
export async function unseal(secret: string, context: string, sealed: string): Promise<string> {
  const bytes = fromBase64Url(sealed);
  if (bytes === null) throw new Error("The sealed text is not base64url");
  const algorithm = {
    name: "AES-GCM",
    iv: bytes.subarray(0, NONCE_BYTES),
    additionalData: new TextEncoder().encode(context),
  };
  const key = await sealingKey(secret, "vitrine sealed v1");
  return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.subarray(NONCE_BYTES)));
}

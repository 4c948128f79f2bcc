import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { sealingKey, secretId } from "./secret-keys.ts";
import { allSecrets } from "./secrets.ts";
import type { Secrets } from "./secrets.ts";

const NONCE_BYTES = 12;
const PURPOSE = "vitrine sealed v1";

/**
 * Text encrypted with AES-256-GCM under a key of the deployment's secret: the secret's id, a dot, and the base64url of a nonce
 * (12 bytes) and the ciphertext.
 * `context` (for example the row's key) is authenticated, so that a value cannot be moved to another row.
 */
export async function seal(secret: string, context: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: encoder.encode(context) };
  const key = await sealingKey(secret, PURPOSE);
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, encoder.encode(text)));
  const bytes = new Uint8Array(NONCE_BYTES + sealed.length);
  bytes.set(nonce);
  bytes.set(sealed, NONCE_BYTES);
  return `${sealedPrefix(secret)}${toBase64Url(bytes)}`;
}

/** What everything that is sealed with `secret` begins with. */
export function sealedPrefix(secret: string): string {
  return `${secretId(secret)}.`;
}

/** The secrets that may open it: the one it names; all, where it was sealed before values named theirs. */
function candidates(secrets: Secrets, id: string | null): readonly string[] {
  const all = allSecrets(secrets);
  return id === null ? all : all.filter((secret) => secretId(secret) === id);
}

/** The text that `seal` took with one of these secrets and the same context; throws when `sealed` is not of that making. */
export async function unseal(secrets: Secrets, context: string, sealed: string): Promise<string> {
  const dot = sealed.indexOf(".");
  const bytes = fromBase64Url(sealed.slice(dot + 1));
  if (bytes === null) throw new Error("The sealed text is not base64url");
  let failure: unknown = new Error("The sealed text is of a secret that is not configured");
  for (const secret of candidates(secrets, dot < 0 ? null : sealed.slice(0, dot))) {
    try {
      return await decrypt(secret, context, bytes);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function decrypt(secret: string, context: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const algorithm = {
    name: "AES-GCM",
    iv: bytes.subarray(0, NONCE_BYTES),
    additionalData: new TextEncoder().encode(context),
  };
  const key = await sealingKey(secret, PURPOSE);
  return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.subarray(NONCE_BYTES)));
}

import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { equalBytes } from "./constant-time.ts";
import { AppError } from "./errors.ts";
import { signingState } from "./secret-keys.ts";
import { allSecrets } from "./secrets.ts";
import type { Secrets } from "./secrets.ts";

const MAC_BYTES = 32;
const PURPOSE = "vitrine cursor v1";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What is signed: the scope's length keeps `("ab", "c")` and `("a", "bc")` apart. */
function signedBytes(scope: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(`${scope.length}:${scope}:`);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

// Synchronous: a page of a search takes less time than a round through WebCrypto's threads.
function macOf(secret: string, scope: string, body: Uint8Array): Uint8Array {
  return signingState(secret, PURPOSE).update(signedBytes(scope, body)).digest();
}

/**
 * An opaque, tamper-evident cursor: base64url of HMAC-SHA-256 and the JSON of `payload`.
 * `scope` names the list it pages (route and the hash of its query): it is good for no other.
 */
export async function encodeCursor(secret: string, scope: string, payload: object): Promise<string> {
  const body = encoder.encode(JSON.stringify(payload));
  const mac = macOf(secret, scope, body);
  const bytes = new Uint8Array(MAC_BYTES + body.length);
  bytes.set(mac);
  bytes.set(body, MAC_BYTES);
  return toBase64Url(bytes);
}

function verifiedBody(secrets: Secrets, scope: string, cursor: string): Uint8Array | null {
  const bytes = fromBase64Url(cursor);
  if (bytes === null || bytes.length <= MAC_BYTES) return null;
  const body = bytes.subarray(MAC_BYTES);
  const mac = bytes.subarray(0, MAC_BYTES);
  return allSecrets(secrets).some((secret) => equalBytes(mac, macOf(secret, scope, body))) ? body : null;
}

/**
 * The payload of a cursor that `encodeCursor` made for one of these secrets and the same scope, read by `parse` (which throws at a
 * foreign shape). Throws `bad_cursor` for a forged, foreign, cut or malformed one.
 */
export async function decodeCursor<T>(
  secrets: Secrets,
  scope: string,
  cursor: string,
  parse: (payload: unknown) => T,
): Promise<T> {
  const refusal = "The cursor was not given out for this list: start again without one";
  const body = verifiedBody(secrets, scope, cursor);
  if (body === null) throw new AppError("bad_cursor", refusal);
  try {
    return parse(JSON.parse(decoder.decode(body)));
  } catch (cause) {
    throw new AppError("bad_cursor", refusal, cause);
  }
}

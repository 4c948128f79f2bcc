import { fromBase64Url, toBase64Url } from "../../domain/base64url.ts";
import { equalBytes } from "../../domain/constant-time.ts";
import type { Exposure } from "../../domain/experiment-state.ts";
import { signingState } from "../../domain/secret-keys.ts";
import { allSecrets } from "../../domain/secrets.ts";
import type { Secrets } from "../../domain/secrets.ts";

const PURPOSE = "vitrine query id v1";
const MAC_BYTES = 16;
const NONCE_BYTES = 9;
/** What comes of an answer comes within a day. */
const QUERY_ID_MS = 86_400_000;
export const MAX_QUERY_ID = 600;

/** Which arms an answer was of. */
export interface AnswerArms {
  /** Unlike any other answer's. */
  answer: string;
  /** Milliseconds since the epoch. */
  at: number;
  arms: readonly { experiment: number; unit: string; arm: number }[];
}

/** Names one answer and the arms it was of, signed: it tells a client nothing but what it may hand back. */
export function queryIdOf(secret: string, exposures: readonly Exposure[], at: number): string {
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  const arms = exposures.map(({ experiment, unit, arm }) => [experiment, unit, arm]);
  const body = new TextEncoder().encode(JSON.stringify([nonce, at, arms]));
  const bytes = new Uint8Array(MAC_BYTES + body.length);
  bytes.set(macOf(secret, body));
  bytes.set(body, MAC_BYTES);
  return toBase64Url(bytes);
}

/** What `queryIdOf` signed; `null` for anything else, and for what is older than a day. */
export function readQueryId(secrets: Secrets, queryId: string, now: number): AnswerArms | null {
  const bytes = queryId.length > MAX_QUERY_ID ? null : fromBase64Url(queryId);
  if (bytes === null || bytes.length <= MAC_BYTES) return null;
  const [mac, body] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
  if (!allSecrets(secrets).some((secret) => equalBytes(mac, macOf(secret, body)))) return null;
  // Sound: only `queryIdOf` signs for this purpose.
  const [answer, at, arms] = JSON.parse(new TextDecoder().decode(body)) as [
    string,
    number,
    [number, string, number][],
  ];
  if (now - at > QUERY_ID_MS) return null;
  return { answer, at, arms: arms.map(([experiment, unit, arm]) => ({ experiment, unit, arm })) };
}

function macOf(secret: string, body: Uint8Array): Uint8Array {
  return signingState(secret, PURPOSE).update(body).digest().subarray(0, MAC_BYTES);
}

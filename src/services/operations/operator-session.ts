import type { Config } from "../../config.ts";
import type { Ctx, Deps } from "../../deps.ts";
import { toBase64Url } from "../../domain/base64url.ts";
import { equalTexts } from "../../domain/constant-time.ts";
import { sha256HexOfShort } from "../../domain/digest.ts";
import { signingState } from "../../domain/secret-keys.ts";
import { allSecrets } from "../../domain/secrets.ts";
import { isOperatorKey, operatorKeys } from "../orgs/authenticate.ts";
import { hasSecureCookies } from "../accounts/session-token.ts";

/** Unless it is renewed, which each look at the page does. */
export const OPERATOR_IDLE_SECONDS = 30 * 60;
/** From signing in, whatever is looked at. */
const LONGEST_MS = 12 * 3_600_000;
const PURPOSE = "vitrine operator session v1";
const TOKEN = /^([A-Za-z0-9_-]{22})\.(\d{13})\.(\d{13})\.([A-Za-z0-9_-]{43})$/;

type SessionCtx = Pick<Deps, "config" | "clock" | "kv" | "log">;

export interface OperatorSession {
  id: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  expiresAt: number;
  /** Which of the operator's keys it was opened with. */
  keyHash: string;
}

/** With `__Host-` in production, so that no neighbour sets it; that prefix wants the path `/`, only `/ops` reads it. */
export function operatorCookieName(config: Pick<Config, "environment">): string {
  return `${hasSecureCookies(config) ? "__Host-" : ""}vitrine-operator`;
}

/** A session for who knows the operator's key; `null` for any other text. */
export async function openOperatorSession(
  { config, clock }: Pick<Deps, "config" | "clock">,
  key: string,
): Promise<OperatorSession | null> {
  if (!(await isOperatorKey(config, key))) return null;
  const id = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  const now = clock.now();
  const expiresAt = now + OPERATOR_IDLE_SECONDS * 1_000;
  return { id, startedAt: now, expiresAt, keyHash: sha256HexOfShort(key) };
}

/** What the cookie holds. Signed with the key it was opened with in it: when that one goes, so does the session. */
export function operatorToken({ secret }: Config, session: OperatorSession): string {
  const text = `${session.id}.${session.startedAt}.${session.expiresAt}`;
  return `${text}.${macOf(secret, session.keyHash, text)}`;
}

/** The session of a cookie's value, renewed; `null` where it is forged, has ended or was ended. */
export async function operatorSessionOf(
  ctx: SessionCtx,
  token: string | undefined,
): Promise<OperatorSession | null> {
  const [, id, started, expires, mac] = TOKEN.exec(token ?? "") ?? [];
  if (id === undefined) return null;
  const keyHash = signerOf(ctx.config, `${id}.${started}.${expires}`, mac);
  if (keyHash === null) return null;
  const now = ctx.clock.now();
  const [startedAt, end] = [Number(started), Number(started) + LONGEST_MS];
  if (now >= Number(expires) || now >= end || (await wasEnded(ctx, id))) return null;
  return { id, startedAt, expiresAt: Math.min(end, now + OPERATOR_IDLE_SECONDS * 1_000), keyHash };
}

/** Ends a session everywhere: where the note cannot be kept, its cookie is gone all the same. */
export async function endOperatorSession(ctx: SessionCtx, { id, startedAt }: OperatorSession): Promise<void> {
  // As long as any renewed cookie of it could be good: a data centre may hear of the end a minute late.
  const seconds = Math.ceil((startedAt + LONGEST_MS - ctx.clock.now()) / 1_000);
  try {
    await ctx.kv.put(endedKey(id), "1", Math.max(60, seconds));
  } catch (error) {
    ctx.log.warn("operator_session_end_failed", { error: String(error) });
  }
}

/** The operator's powers for what `/ops` shows and does. */
export function asOperator<K extends keyof Deps>(ctx: Ctx<K>): Ctx<K> {
  return { ...ctx, actor: { kind: "operator" } };
}

async function wasEnded({ kv, log }: SessionCtx, id: string): Promise<boolean> {
  try {
    return (await kv.get(endedKey(id))) !== null;
  } catch (error) {
    // Whoever signed out has no cookie; an operator must see the page while KV is away.
    log.warn("operator_session_unchecked", { error: String(error) });
    return false;
  }
}

function endedKey(id: string): string {
  return `operator-ended:${id}`;
}

/** The digest of the operator's key that a text was signed with; `null` for none of those that are good. */
function signerOf(config: Config, text: string, mac: string): string | null {
  const hashes = operatorKeys(config).map(sha256HexOfShort);
  const isSigner = (hash: string): boolean =>
    allSecrets(config).some((secret) => equalTexts(mac, macOf(secret, hash, text)));
  return hashes.find(isSigner) ?? null;
}

function macOf(secret: string, keyHash: string, text: string): string {
  const bound = `${text}.${keyHash}`;
  return toBase64Url(signingState(secret, PURPOSE).update(new TextEncoder().encode(bound)).digest());
}

import type { Config } from "../../config.ts";
import type { Deps } from "../../deps.ts";
import { ANONYMOUS } from "../../domain/actor.ts";
import type { Actor } from "../../domain/actor.ts";
import { equalTexts } from "../../domain/constant-time.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError, isAway } from "../../domain/errors.ts";
import { findKeyByHash } from "../../db/queries/api-keys.ts";
import type { KeyIdentity } from "../../db/queries/api-keys.ts";
import { noteLookup } from "../../ports/receipt.ts";
import { actorOfJwt } from "../accounts/external-user.ts";
import { isJwt } from "../accounts/jwt.ts";
import { actorOf, sessionOf } from "../accounts/session.ts";
import type { IdentityDeps } from "../accounts/session.ts";
import { isSessionToken, sessionCookieOf } from "../accounts/session-token.ts";
import { isApiKey } from "./api-key-secret.ts";
import { recallKey, recallKeyAtLast, rememberKey, rememberUnknown } from "./key-cache.ts";

/** The longest is a JWT: servers commonly take 8 to 16 KB of headers. */
const BEARER = /^Bearer +([^\s,]{1,7168})$/i;

/**
 * Who sends this `Authorization` header: anonymous without one, else the operator, an organisation's API key, or a person by
 * a session's token or an outside issuer's JWT. What is known costs no round trip; revoking holds within 30 s for keys and
 * 50 s for sessions, and within five minutes where the database is away. Throws `unauthorized` for anything else, `unavailable` where that cannot be told.
 */
export async function authenticate(deps: IdentityDeps, authorization: string | undefined): Promise<Actor> {
  if (authorization === undefined) return ANONYMOUS;
  const [, token] = BEARER.exec(authorization.trim()) ?? [];
  if (token === undefined)
    throw new AppError("unauthorized", "The Authorization header is not `Bearer <credential>`");
  // The digest is of no use for a session, unless an operator's key has its form.
  const isSession = isSessionToken(token) && !operatorKeys(deps.config).some(isSessionToken);
  if (isSession) return actorOrRefusal(await actorOfSession(deps, token));
  const hash = await sha256Hex(token);
  if (await isOperator(deps.config, hash)) return { kind: "operator" };
  return actorOrRefusal(await actorOfToken(deps, token, hash));
}

function actorOrRefusal(actor: Actor | null): Actor {
  if (actor === null) throw new AppError("unauthorized", "The credential is unknown or revoked");
  return actor;
}

/** The person of a session cookie; anonymous without one, or where it is forged or its session has ended. */
export async function authenticateCookie(deps: IdentityDeps, cookies: string | undefined): Promise<Actor> {
  const signed = sessionCookieOf(deps.config, cookies ?? null);
  const session = signed === null ? null : await sessionOf(deps, signed);
  return session === null ? ANONYMOUS : actorOf(session);
}

async function actorOfToken(deps: IdentityDeps, token: string, hash: string): Promise<Actor | null> {
  if (isApiKey(token)) return actorOfKey(deps, hash);
  if (isJwt(token)) return actorOfJwt(deps, token);
  return isSessionToken(token) ? actorOfSession(deps, token) : null;
}

async function actorOfSession(deps: IdentityDeps, token: string): Promise<Actor | null> {
  const session = await sessionOf(deps, token);
  return session === null ? null : actorOf(session);
}

/** Two while one takes the other's place. */
export function operatorKeys({ operatorKey, nextOperatorKey }: Config): string[] {
  return [operatorKey, nextOperatorKey].filter((key) => key !== null);
}

/** Of the operator's keys: an isolate has one configuration. */
const operatorHashes = new WeakMap<Config, readonly string[]>();

async function isOperator(config: Config, hash: string): Promise<boolean> {
  const known = operatorHashes.get(config) ?? (await Promise.all(operatorKeys(config).map(sha256Hex)));
  operatorHashes.set(config, known);
  // All are compared, so that the time does not tell which one it was; digests, so that it does not tell a key's length.
  return known.map((one) => equalTexts(one, hash)).includes(true);
}

/** Whether a text is the operator's key, in a time that says nothing of it. */
export async function isOperatorKey(config: Config, key: string): Promise<boolean> {
  return isOperator(config, await sha256Hex(key));
}

/** Of a key that was rotated. */
function hasEnded({ endsAt }: KeyIdentity, now: number): boolean {
  return endsAt !== null && endsAt <= now;
}

async function actorOfKey(
  deps: Pick<Deps, "db" | "clock" | "isolate" | "receipt">,
  hash: string,
): Promise<Actor | null> {
  const { cache } = deps.isolate;
  const remembered = recallKey(cache, hash, deps.clock.now());
  noteLookup(deps.receipt, "key", remembered === undefined ? "fill" : "memory");
  if (remembered !== undefined) return remembered;
  const key = await findKeyByHash(deps.db, hash).catch((error: unknown) => {
    const last = isAway(error) ? recallKeyAtLast(cache, hash, deps.clock.now()) : undefined;
    if (last === undefined) throw error;
    return last;
  });
  if (key !== undefined && "kind" in key) return key;
  if (key === undefined || hasEnded(key, deps.clock.now())) {
    rememberUnknown(cache, hash, deps.clock.now());
    return null;
  }
  const actor: Actor = {
    kind: "api-key",
    keyId: key.id,
    orgId: key.orgId,
    orgSlug: key.orgSlug,
    scopes: key.scopes,
  };
  rememberKey(cache, hash, actor, deps.clock.now());
  return actor;
}

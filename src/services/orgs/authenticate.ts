import type { Deps } from "../../deps.ts";
import { ANONYMOUS } from "../../domain/actor.ts";
import type { Actor } from "../../domain/actor.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { AppError } from "../../domain/errors.ts";
import { findKeyByHash } from "../../db/queries/api-keys.ts";
import { isApiKey } from "./api-key-secret.ts";
import { recallKey, rememberKey, rememberUnknown } from "./key-cache.ts";

/**
 * Who sends this `Authorization` header: anonymous without one, else the operator or an organisation's API key. A known
 * key costs no round trip; its revocation holds within 30 s. Throws `unauthorized` for anything else.
 */
export async function authenticate(
  deps: Pick<Deps, "config" | "db" | "clock" | "isolate">,
  authorization: string | undefined,
): Promise<Actor> {
  if (authorization === undefined) return ANONYMOUS;
  const [, token] = /^Bearer +([^\s,]{1,512})$/i.exec(authorization.trim()) ?? [];
  if (token === undefined)
    throw new AppError("unauthorized", "The Authorization header is not `Bearer <credential>`");
  const hash = await sha256Hex(token);
  if (await isOperator(deps.config.operatorKey, hash)) return { kind: "operator" };
  const actor = isApiKey(token) ? await actorOfKey(deps, hash) : null;
  if (actor === null) throw new AppError("unauthorized", "The credential is unknown or revoked");
  return actor;
}

async function isOperator(operatorKey: string | null, hash: string): Promise<boolean> {
  if (operatorKey === null) return false;
  return equalInConstantTime(await sha256Hex(operatorKey), hash);
}

/** Both are digests of one length, so that neither length nor first difference of the secrets shows in the time. */
function equalInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

async function actorOfKey(deps: Pick<Deps, "db" | "clock" | "isolate">, hash: string): Promise<Actor | null> {
  const { cache } = deps.isolate;
  const remembered = recallKey(cache, hash, deps.clock.now());
  if (remembered !== undefined) return remembered;
  const key = await findKeyByHash(deps.db, hash);
  if (key === undefined) {
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

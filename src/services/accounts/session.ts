import type { Deps } from "../../deps.ts";
import type { UserActor } from "../../domain/actor.ts";
import { findSession } from "../../db/queries/sessions.ts";
import { MAX_ORGS_OF_PERSON } from "../orgs/limits.ts";
import { identityOf } from "./session-cache.ts";
import type { Identity } from "./session-cache.ts";
import { readSignedToken } from "./session-token.ts";

/** What recognising a person may touch. */
export type IdentityDeps = Pick<
  Deps,
  "config" | "db" | "clock" | "isolate" | "edgeCache" | "kv" | "lifetime" | "log"
>;

/** The live session of a signed token, at most 50 s old; `null` where the signature or the session does not hold. */
export async function sessionOf(deps: IdentityDeps, signed: string): Promise<Identity | null> {
  const token = readSignedToken(deps.config, signed);
  if (token === null) return null;
  const read = async () => (await findSession(deps.db, { token, maxOrgs: MAX_ORGS_OF_PERSON })) ?? null;
  const identity = await identityOf(deps, "session", token, read);
  const endsAt = identity?.expiresAt ?? null;
  return endsAt !== null && endsAt <= deps.clock.now() ? null : identity;
}

export function actorOf({ userId, name, email, sessionId, memberships }: Identity): UserActor {
  return { kind: "user", userId, name, email, sessionId, memberships };
}

import type { Deps } from "../../deps.ts";
import type { UserActor } from "../../domain/actor.ts";
import { findSession } from "../../db/queries/sessions.ts";
import { MAX_ORGS_OF_PERSON } from "../orgs/limits.ts";
import { identityAt, slotOf } from "./session-cache.ts";
import type { Identity } from "./session-cache.ts";
import { readSignedToken } from "./session-token.ts";

/** What recognising a person may touch. */
export type IdentityDeps = Pick<
  Deps,
  "config" | "db" | "clock" | "isolate" | "edgeCache" | "kv" | "lifetime" | "log" | "receipt"
>;

/** The signature stays good; this bounds how long a token lies in memory that nobody sends. */
const SIGNED_MS = 20_000;
const SIGNED_BYTES = 600;

/** The live session of a signed token, at most 50 s old; `null` where the signature or the session does not hold. */
export async function sessionOf(deps: IdentityDeps, signed: string): Promise<Identity | null> {
  const named = recallSigned(deps, signed) ?? (await readSigned(deps, signed));
  if (named === null) return null;
  const { token, slot } = named;
  const read = async () => (await findSession(deps.db, { token, maxOrgs: MAX_ORGS_OF_PERSON })) ?? null;
  const identity = await identityAt(deps, slot, read);
  const endsAt = identity?.expiresAt ?? null;
  return endsAt !== null && endsAt <= deps.clock.now() ? null : identity;
}

interface Named {
  token: string;
  slot: string;
}

function signedKey(signed: string): string {
  return `auth:signed:${signed}`;
}

/** Whose signature was found good a moment ago: in this isolate's memory alone, and for seconds. */
function recallSigned({ isolate, clock }: IdentityDeps, signed: string): Named | undefined {
  const entry = isolate.cache.get(signedKey(signed));
  const age = clock.now() - (entry?.storedAt ?? 0);
  // Sound: `readSigned` alone writes such a key.
  return entry !== undefined && age >= 0 && age <= SIGNED_MS ? (entry.value as Named) : undefined;
}

async function readSigned({ config, isolate, clock }: IdentityDeps, signed: string): Promise<Named | null> {
  const token = readSignedToken(config, signed);
  if (token === null) return null;
  const named = { token, slot: await slotOf("session", token) };
  isolate.cache.set(signedKey(signed), named, SIGNED_BYTES, clock.now());
  return named;
}

export function actorOf({ userId, name, email, sessionId, memberships }: Identity): UserActor {
  return { kind: "user", userId, name, email, sessionId, memberships };
}

import type { UserActor } from "../../domain/actor.ts";
import { sha256Hex } from "../../domain/digest.ts";
import { findSubject, insertSubject } from "../../db/queries/accounts.ts";
import { acceptInvitations } from "../orgs/invitations.ts";
import { MAX_ORGS_OF_PERSON } from "../orgs/limits.ts";
import { readJwt } from "./jwt.ts";
import type { Claims } from "./jwt.ts";
import { actorOf } from "./session.ts";
import type { IdentityDeps } from "./session.ts";
import { identityOf } from "./session-cache.ts";
import type { Identity } from "./session-cache.ts";

/** Who an outside issuer's token speaks for; seen first, they get an account. Throws as `readJwt` does. */
export async function actorOfJwt(deps: IdentityDeps, token: string): Promise<UserActor | null> {
  const claims = await readJwt(deps, token);
  const subject = `${claims.issuer}\n${claims.subject}`;
  const identity = await identityOf(deps, "subject", subject, () => findOrCreate(deps, claims));
  return identity === null ? null : actorOf(identity);
}

async function findOrCreate(deps: IdentityDeps, claims: Claims): Promise<Identity | null> {
  const wanted = { ...claims, maxOrgs: MAX_ORGS_OF_PERSON };
  const found = (await findSubject(deps.db, wanted)) ?? (await create(deps, claims));
  return found === null ? null : { ...found, sessionId: null, createdAt: null, expiresAt: null };
}

/**
 * An address makes nobody the owner of an account that has it already: not even a verified one, since the issuer vouches for
 * its subject, not for ours. Who comes too late for their address gets a placeholder under `.invalid` (RFC 2606).
 */
async function create(deps: IdentityDeps, claims: Claims) {
  const { issuer, subject, name, verifiedEmail } = claims;
  const digest = (await sha256Hex(`${issuer}\n${subject}`)).slice(0, 32);
  await insertSubject(deps.db, {
    issuer,
    subject,
    userId: `usr_${digest}`,
    accountId: `acc_${digest}`,
    name: name ?? subject,
    verifiedEmail,
    placeholderEmail: `${digest}@external.invalid`,
    now: deps.clock.now(),
  });
  const wanted = { issuer, subject, maxOrgs: MAX_ORGS_OF_PERSON };
  const person = await findSubject(deps.db, wanted);
  if (person === undefined || !person.emailVerified) return person ?? null;
  const joined = await acceptInvitations(deps, { userId: person.userId, email: person.email });
  return joined === 0 ? person : ((await findSubject(deps.db, wanted)) ?? null);
}

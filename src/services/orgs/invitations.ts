import type { Deps } from "../../deps.ts";
import { acceptInvitations as acceptRows } from "../../db/queries/invitations.ts";
import { MAX_ORGS_OF_PERSON } from "./limits.ts";

/**
 * Makes a person a member wherever their address was invited; the number of organisations joined. Call it where `email`
 * is known to be theirs: who confirms an address takes the seats that were kept for it.
 */
export async function acceptInvitations(
  { db, clock }: Pick<Deps, "db" | "clock" | "isolate">,
  { userId, email }: { userId: string; email: string },
): Promise<number> {
  const now = clock.now();
  return acceptRows(db, { userId, email: email.toLowerCase(), now, maxOrgs: MAX_ORGS_OF_PERSON });
}

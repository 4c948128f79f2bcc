import type { Deps } from "../../deps.ts";
import type { AccountUser } from "./account-user.ts";
import type { AuthTrace } from "./better-auth.ts";

/** What follows from each new session. */
export async function sessionMade(deps: Deps, user: AccountUser, { session }: AuthTrace): Promise<void> {
  if (session === null) return;
  deps.log.info("signed_in", { user_id: user.id, session_id: session.id });
}

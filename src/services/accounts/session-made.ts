import type { Deps } from "../../deps.ts";
import { recordSignIn } from "../events/record-sign-in.ts";
import type { AccountUser } from "./account-user.ts";
import type { AuthTrace } from "./better-auth.ts";

/** What follows from each new session: a login event in each of the person's organisations. */
export async function sessionMade(deps: Deps, user: AccountUser, { session }: AuthTrace): Promise<void> {
  if (session === null) return;
  const at = deps.clock.now();
  try {
    await recordSignIn(deps, { userId: user.id, userName: user.name, sessionId: session.id, at });
  } catch (error) {
    // The session is made, and is worth more than its place in the statistics.
    deps.log.error("sign_in_not_recorded", { session_id: session.id, error: String(error) });
  }
}

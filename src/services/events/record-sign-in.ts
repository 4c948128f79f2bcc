import { uuidv7 } from "../../domain/ids.ts";
import { storeForMemberships } from "../../db/queries/events.ts";
import type { RecordDeps } from "./record.ts";
import { requestFold } from "./request-fold.ts";

export interface SignIn {
  userId: string;
  userName: string;
  /** Not the session's token. */
  sessionId: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * Records a sign-in as a login event in each organisation that the person belongs to; once a session, however often it is
 * called. One round trip.
 */
export async function recordSignIn(
  deps: RecordDeps,
  { userId, userName, sessionId, at }: SignIn,
): Promise<void> {
  const login = {
    id: `login:${sessionId}`,
    type: "login" as const,
    userId,
    userName: userName.trim() === "" ? null : userName,
    isAnonymous: false,
    at,
    path: null,
    referrer: null,
    properties: null,
    bot: null,
  };
  const batch = { accountId: userId, id: uuidv7(deps.clock), events: [login], now: deps.clock.now() };
  for (const org of await storeForMemberships(deps.db, batch)) requestFold(deps, org);
}

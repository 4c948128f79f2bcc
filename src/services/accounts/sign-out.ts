import type { Deps } from "../../deps.ts";
import { callAuth } from "./auth-call.ts";
import { presentHeaders } from "./session-token.ts";
import type { AuthAnswer, AuthRequest } from "./auth-call.ts";

/**
 * Ends the session of the request's bearer token or cookie, if it has one, and clears the cookie. This isolate and data centre
 * refuse it at once, all others within 50 s.
 */
export async function signOut(deps: Deps, request: AuthRequest): Promise<AuthAnswer<{ success: true }>> {
  const own = presentHeaders(deps.config, request.headers);
  const { headers } = await callAuth(deps, request, (api) =>
    api.signOut({ headers: own, returnHeaders: true }),
  );
  return { body: { success: true }, headers };
}

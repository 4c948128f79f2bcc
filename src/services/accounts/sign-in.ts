import type { Deps } from "../../deps.ts";
import { callAuth } from "./auth-call.ts";
import type { AuthAnswer, AuthRequest } from "./auth-call.ts";
import { accountUser, signedToken } from "./account-user.ts";
import type { AccountUser } from "./account-user.ts";
import { limitAddress } from "./limit-address.ts";
import { sessionMade } from "./session-made.ts";

export interface SignedIn {
  token: string;
  user: AccountUser;
}

/**
 * A new session of 30 days by e-mail and password. `unauthorized` for a wrong password as for an unknown address, after the same
 * work; `forbidden` where the address is not confirmed yet, and must be.
 */
export async function signIn(
  deps: Deps,
  request: AuthRequest,
  input: { email: string; password: string },
): Promise<AuthAnswer<SignedIn>> {
  await limitAddress(deps, input.email);
  const { headers } = request;
  const { trace, ...answer } = await callAuth(deps, request, (api) =>
    api.signInEmail({ body: input, headers, returnHeaders: true }),
  );
  const user = accountUser(answer.body.user);
  await sessionMade(deps, user, trace);
  return { body: { token: signedToken(answer.headers), user }, headers: answer.headers };
}

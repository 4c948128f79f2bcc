import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { callAuth } from "./auth-call.ts";
import type { AuthAnswer, AuthRequest } from "./auth-call.ts";
import { accountUser, signedToken } from "./account-user.ts";
import type { AccountUser } from "./account-user.ts";
import { evenTrips } from "./even-time.ts";
import { limitAddress } from "./limit-address.ts";
import { sessionMade } from "./session-made.ts";

/** Better Auth reads the account of an address that it knows with one round trip more. */
const TRIPS_OF_KNOWN = 2;

interface Credentials {
  email: string;
  password: string;
}

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
  input: Credentials,
): Promise<AuthAnswer<SignedIn>> {
  await limitAddress(deps, input.email);
  const { trace, ...answer } = await callSignIn(deps, request, input);
  const user = accountUser(answer.body.user);
  await sessionMade(deps, user, trace);
  return { body: { token: signedToken(answer.headers), user }, headers: answer.headers };
}

async function callSignIn(deps: Deps, request: AuthRequest, body: Credentials) {
  const { headers } = request;
  const before = deps.receipt.dbTrips;
  try {
    return await callAuth(deps, request, (api) => api.signInEmail({ body, headers, returnHeaders: true }));
  } catch (error) {
    const isRefused = error instanceof AppError && error.code === "unauthorized";
    if (isRefused) await evenTrips(deps, before, TRIPS_OF_KNOWN);
    throw error;
  }
}

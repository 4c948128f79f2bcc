import type { Deps } from "../../deps.ts";
import { callAuth } from "./auth-call.ts";
import type { AuthRequest } from "./auth-call.ts";
import { noSooner } from "./even-time.ts";
import { limitAddress } from "./limit-address.ts";

/** Mails a link to choose a new password, where the address has an account; the answer is the same where it has none. */
export async function requestPasswordReset(deps: Deps, request: AuthRequest, email: string): Promise<void> {
  await limitAddress(deps, email);
  const { headers } = request;
  const body = { email: email.toLowerCase() };
  await noSooner(() =>
    callAuth(deps, request, (api) => api.requestPasswordReset({ body, headers, returnHeaders: true })),
  );
}

/** Sets a new password with the token of a mailed link, once, and ends all sessions of the account. `bad_request` for a bad token. */
export async function resetPassword(
  deps: Deps,
  request: AuthRequest,
  input: { token: string; newPassword: string },
): Promise<void> {
  const { headers } = request;
  await callAuth(deps, request, (api) => api.resetPassword({ body: input, headers, returnHeaders: true }));
}

/** Mails the link that confirms an address once more; the answer is the same for addresses that need none. */
export async function sendVerification(deps: Deps, request: AuthRequest, email: string): Promise<void> {
  await limitAddress(deps, email);
  const body = { email: email.toLowerCase() };
  // Without the request's credential: with one, Better Auth would tell whose address it is.
  await callAuth(deps, request, (api) => api.sendVerificationEmail({ body, returnHeaders: true }));
}

/** Confirms an address with the token of a mailed link; once more changes nothing. `bad_request` for a bad token. */
export async function verifyEmail(deps: Deps, request: AuthRequest, token: string): Promise<void> {
  await callAuth(deps, request, (api) => api.verifyEmail({ query: { token }, returnHeaders: true }));
}

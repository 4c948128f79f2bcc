import { compactVerify } from "jose";
import type { Deps } from "../../deps.ts";
import type { Secrets } from "../../domain/secrets.ts";
import { callAuth } from "./auth-call.ts";
import type { AuthRequest } from "./auth-call.ts";
import { noSooner } from "./even-time.ts";
import { limitAddress } from "./limit-address.ts";
import { authSecret } from "./session-token.ts";

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

/** The secret that signed a mailed token; the present one for any that none did, which Better Auth then refuses. */
async function signerOf(secrets: Secrets, token: string): Promise<string> {
  for (const secret of secrets.previousSecrets) {
    try {
      await compactVerify(token, new TextEncoder().encode(authSecret({ secret })));
      return secret;
    } catch {
      // Of another secret, or of none.
    }
  }
  return secrets.secret;
}

/** Confirms an address with the token of a mailed link; once more changes nothing. `bad_request` for a bad token. */
export async function verifyEmail(deps: Deps, request: AuthRequest, token: string): Promise<void> {
  const config = { ...deps.config, secret: await signerOf(deps.config, token) };
  await callAuth({ ...deps, config }, request, (api) =>
    api.verifyEmail({ query: { token }, returnHeaders: true }),
  );
}

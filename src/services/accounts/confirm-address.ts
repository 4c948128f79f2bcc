import { decodeJwt } from "jose";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { findPasswordHash } from "../../db/queries/accounts.ts";
import type { AuthAnswer, AuthRequest } from "./auth-call.ts";
import { limitAddress } from "./limit-address.ts";
import { verifyEmail } from "./mailed-links.ts";
import { signIn } from "./sign-in.ts";
import type { SignedIn } from "./sign-in.ts";

/**
 * Confirms an address by the token that was mailed to it together with the account's password, and signs in. Who merely
 * opens the link of an account that somebody else made for their address, as mail scanners do, confirms nothing.
 * `bad_request` for a bad token, `unauthorized` for a wrong password.
 */
export async function confirmAddress(
  deps: Deps,
  request: AuthRequest,
  { token, password }: { token: string; password: string },
): Promise<AuthAnswer<SignedIn>> {
  const email = addressOf(token);
  await limitAddress(deps, email);
  const hash = await findPasswordHash(deps.db, email);
  if (hash === undefined || !(await deps.passwords.verify(password, hash)))
    throw new AppError("unauthorized", "The password is not that of the account");
  await verifyEmail(deps, request, token);
  return signIn(deps, request, { email, password });
}

/** What the token claims; whether it is ours, `verifyEmail` says. */
function addressOf(token: string): string {
  try {
    const { email } = decodeJwt(token);
    if (typeof email === "string") return email;
  } catch {
    // Said below, as for a token without an address.
  }
  throw new AppError("bad_request", "The link is not valid");
}

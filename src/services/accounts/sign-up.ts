import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { acceptInvitations } from "../orgs/invitations.ts";
import { accountUser, signedToken } from "./account-user.ts";
import type { AccountUser } from "./account-user.ts";
import { callAuth } from "./auth-call.ts";
import type { AuthAnswer, AuthRequest } from "./auth-call.ts";
import { noSooner } from "./even-time.ts";
import { limitAddress } from "./limit-address.ts";
import { sessionMade } from "./session-made.ts";

export interface SignedUp {
  /** `null` where the address must be confirmed before the first sign-in. */
  token: string | null;
  user: AccountUser;
}

interface NewAccount {
  name: string;
  email: string;
  password: string;
}

/**
 * An account by e-mail and password. Where addresses are confirmed, a known one gets the same answer as a new one, and its owner a
 * mail; where they are not, the account is signed in at once, and a known address is a `conflict`.
 */
export async function signUp(
  deps: Deps,
  request: AuthRequest,
  input: NewAccount,
): Promise<AuthAnswer<SignedUp>> {
  await limitAddress(deps, input.email);
  return deps.config.emailConfirmation
    ? signUpToConfirm(deps, request, input)
    : signUpAtOnce(deps, request, input);
}

async function signUpToConfirm(
  deps: Deps,
  request: AuthRequest,
  input: NewAccount,
): Promise<AuthAnswer<SignedUp>> {
  const user = await noSooner(() => createUser(deps, request, input));
  return { body: { token: null, user }, headers: new Headers() };
}

async function createUser(deps: Deps, request: AuthRequest, input: NewAccount): Promise<AccountUser> {
  try {
    const { headers } = request;
    const { body } = await callAuth(deps, request, (api) =>
      api.signUpEmail({ body: input, headers, returnHeaders: true }),
    );
    return accountUser(body.user);
  } catch (error) {
    // Another sign-up with this address came first, by a moment.
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    const { name, email } = input;
    const createdAt = new Date(deps.clock.now());
    return {
      id: newId("usr", deps.clock),
      name,
      email: email.toLowerCase(),
      emailVerified: false,
      createdAt,
    };
  }
}

async function signUpAtOnce(
  deps: Deps,
  request: AuthRequest,
  input: NewAccount,
): Promise<AuthAnswer<SignedUp>> {
  const { headers } = request;
  const { trace, ...answer } = await callAuth(deps, request, (api) =>
    api.signUpEmail({ body: input, headers, returnHeaders: true }),
  );
  const user = accountUser(answer.body.user);
  await acceptInvitations(deps, { userId: user.id, email: user.email });
  await sessionMade(deps, user, trace);
  return { body: { token: signedToken(answer.headers), user }, headers: answer.headers };
}

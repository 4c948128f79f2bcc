import { betterAuth } from "better-auth/minimal";
import { bearer } from "better-auth/plugins/bearer";
import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import { sortNameOf } from "../../domain/sort-name.ts";
import { authAdapter } from "../../db/auth-adapter.ts";
import { confirmEmail } from "../../db/queries/accounts.ts";
import { acceptInvitations } from "../orgs/invitations.ts";
import { AuthFailures } from "./auth-failures.ts";
import { alreadyMail, confirmationMail, passwordMail, sendLater } from "./mails.ts";
import { forgetSession, forgetUser } from "./session-cache.ts";
import { authSecret, hasSecureCookies, sessionCookieName } from "./session-token.ts";

export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;
export const SESSION_SECONDS = 2_592_000;
const LINK_SECONDS = 3_600;
const MAX_USER_AGENT = 300;

const PREFIXES: Readonly<Record<string, string>> = {
  user: "usr",
  session: "ses",
  account: "acc",
  verification: "ver",
};

/** Where people are led from mails: pages of this deployment. */
export const PAGES = {
  forgot: "/forgot-password",
  reset: "/reset-password",
  confirm: "/verify-email",
};

/** Written by us alone, with the name; told to nobody. */
const SORT_NAME = { type: "string", required: false, input: false, returned: false } as const;

export type AuthDeps = Deps;

/** What one call of Better Auth left behind beside its answer. */
export interface AuthTrace {
  failures: AuthFailures;
  /** The session that it made. */
  session: { id: string; userId: string } | null;
}

/** A `Date` of the deployment's clock: Better Auth's own is the machine's. */
function sessionTimes({ clock }: AuthDeps) {
  const now = clock.now();
  const expiresAt = new Date(now + SESSION_SECONDS * 1_000);
  return { createdAt: new Date(now), updatedAt: new Date(now), expiresAt };
}

function databaseHooks(deps: AuthDeps, trace: AuthTrace) {
  return {
    user: {
      create: {
        before: async ({ name }: { name: string }) => ({ data: { sortName: sortNameOf(name) } }),
      },
    },
    session: {
      create: {
        before: async ({ userAgent }: { userAgent?: string | null }) => ({
          data: {
            ...sessionTimes(deps),
            ipAddress: null,
            userAgent: userAgent?.slice(0, MAX_USER_AGENT) || null,
          },
        }),
        after: async ({ id, userId }: { id: string; userId: string }) => {
          trace.session = { id, userId };
        },
      },
      delete: {
        after: async ({ token, userId }: { token: string; userId: string }) => {
          forgetUser(deps.isolate.cache, userId);
          await forgetSession(deps, token);
        },
      },
    },
  };
}

interface MailedUser {
  id: string;
  email: string;
}

async function mailboxShown(deps: AuthDeps, { id: userId, email }: MailedUser): Promise<void> {
  await acceptInvitations(deps, { userId, email });
  forgetUser(deps.isolate.cache, userId);
}

function emailAndPassword(deps: AuthDeps, origin: string) {
  const { config, passwords } = deps;
  return {
    enabled: true,
    minPasswordLength: MIN_PASSWORD,
    maxPasswordLength: MAX_PASSWORD,
    requireEmailVerification: config.emailConfirmation,
    revokeSessionsOnPasswordReset: true,
    resetPasswordTokenExpiresIn: LINK_SECONDS,
    password: {
      hash: (password: string) => passwords.hash(password),
      verify: ({ password, hash }: { password: string; hash: string }) => passwords.verify(password, hash),
    },
    sendResetPassword: async ({ user, token }: { user: MailedUser; token: string }) => {
      sendLater(deps, passwordMail(user.email, `${origin}${PAGES.reset}?token=${token}`));
    },
    onPasswordReset: async ({ user }: { user: MailedUser }) => {
      // The link came by mail: who had it reads that mailbox.
      await confirmEmail(deps.db, { userId: user.id, now: deps.clock.now() });
      await mailboxShown(deps, user);
    },
    onExistingUserSignUp: async ({ user }: { user: MailedUser }) => {
      sendLater(deps, alreadyMail(user.email, `${origin}${PAGES.forgot}`));
    },
  };
}

function emailVerification(deps: AuthDeps, origin: string) {
  return {
    expiresIn: LINK_SECONDS,
    sendOnSignUp: deps.config.emailConfirmation,
    sendOnSignIn: deps.config.emailConfirmation,
    autoSignInAfterVerification: false,
    sendVerificationEmail: async ({ user, token }: { user: MailedUser; token: string }) => {
      sendLater(deps, confirmationMail(user.email, `${origin}${PAGES.confirm}?token=${token}`));
    },
    afterEmailVerification: (user: MailedUser) => mailboxShown(deps, user),
  };
}

/**
 * Better Auth for one invocation, since its database is that of the invocation. `requestOrigin` is where links lead if no public
 * origin is configured.
 */
export function openAuth(deps: AuthDeps, requestOrigin: string) {
  const origin = deps.config.publicOrigin ?? requestOrigin;
  const trace: AuthTrace = { failures: new AuthFailures(deps.log), session: null };
  const auth = betterAuth({
    appName: "Vitrine",
    baseURL: origin,
    basePath: "/api/auth",
    secret: authSecret(deps.config),
    database: authAdapter(deps.db),
    plugins: [bearer({ requireSignature: true })],
    user: { additionalFields: { sortName: SORT_NAME } },
    emailAndPassword: emailAndPassword(deps, origin),
    emailVerification: emailVerification(deps, origin),
    // Who reads the database reads no link that sets a password.
    verification: { storeIdentifier: "hashed" as const },
    databaseHooks: databaseHooks(deps, trace),
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error", log: (_level, message, ...rest) => trace.failures.note(message, rest) },
    advanced: {
      // Off, since it puts `__Secure-` before every name.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: hasSecureCookies(deps.config) },
      cookies: { session_token: { name: sessionCookieName(deps.config) } },
      ipAddress: { disableIpTracking: true },
      database: {
        generateId: ({ model }) => newId(PREFIXES[model] ?? "aut", deps.clock),
        validateSchema: false,
      },
    },
  });
  return { auth, trace };
}

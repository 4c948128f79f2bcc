import type { App } from "../../openapi.ts";
import { registerAccountPage } from "./account.tsx";
import { registerAuditPage } from "./audit.tsx";
import { signedInOnly } from "./guard.ts";
import { registerKeysPage } from "./keys.tsx";
import { registerMembersPage } from "./members.tsx";
import { registerOrgsPage } from "./orgs.tsx";
import { registerForgotPassword, registerResetPassword } from "./passwords.tsx";
import { registerSettingsPage } from "./settings.tsx";
import { registerSignIn, registerSignOut } from "./sign-in.tsx";
import { registerSignUp } from "./sign-up.tsx";
import { registerVerifyEmail } from "./verify-email.tsx";
import { registerSiteKeysPage } from "./site-keys.tsx";
import { registerWebhooksPage } from "./webhooks.tsx";

/** The addresses under which a person is known, all that `registerAccountPages` answers. */
export const ACCOUNT_PAGES = [
  "/sign-in",
  "/sign-up",
  "/sign-out",
  "/forgot-password",
  "/reset-password",
  "/verify-email",
  "/account",
  "/orgs/*",
] as const;

/** The ways in, and what is for those who are in: all under `/orgs` and `/account`, other files' pages too. */
export function registerAccountPages(app: App): void {
  registerSignIn(app);
  registerSignUp(app);
  registerSignOut(app);
  registerForgotPassword(app);
  registerResetPassword(app);
  registerVerifyEmail(app);
  app.use("/account", signedInOnly);
  app.use("/orgs/*", signedInOnly);
  registerAccountPage(app);
  registerOrgsPage(app);
  registerMembersPage(app);
  registerKeysPage(app);
  registerSiteKeysPage(app);
  registerWebhooksPage(app);
  registerAuditPage(app);
  registerSettingsPage(app);
}

import type { App } from "../openapi.ts";
import { registerEndSession } from "./end-session.ts";
import { registerGetMe } from "./get-me.ts";
import { registerGetSession } from "./get-session.ts";
import { registerListSessions } from "./list-sessions.ts";
import { registerRequestPasswordReset } from "./request-password-reset.ts";
import { registerResetPassword } from "./reset-password.ts";
import { registerSendVerificationEmail } from "./send-verification-email.ts";
import { registerSignIn } from "./sign-in.ts";
import { registerSignOut } from "./sign-out.ts";
import { registerSignUp } from "./sign-up.ts";
import { registerVerifyEmail } from "./verify-email.ts";

export function registerAccountRoutes(app: App): void {
  registerSignUp(app);
  registerSignIn(app);
  registerSignOut(app);
  registerGetSession(app);
  registerVerifyEmail(app);
  registerSendVerificationEmail(app);
  registerRequestPasswordReset(app);
  registerResetPassword(app);
  registerGetMe(app);
  registerListSessions(app);
  registerEndSession(app);
}

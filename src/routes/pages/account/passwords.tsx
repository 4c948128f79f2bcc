import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { requestPasswordReset, resetPassword } from "../../../services/accounts/mailed-links.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import {
  CheckMailPage,
  ForgotPasswordPage,
  ResetPasswordPage,
  SpentLinkPage,
} from "../../../web/pages/account/password-pages.tsx";
import { authRequestOf } from "../../accounts/schemas.ts";
import type { App, AppEnv } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { checkFields, enter, MIN_PASSWORD } from "./entrance-rules.ts";
import type { Words } from "./entrance-rules.ts";
import { readForm, textOf } from "./form.ts";

const ON_ITS_WAY =
  "If there is an account for that address, a link to choose a new password is on its way to it.";

/** `/forgot-password`: answers alike whether the address is known or not. */
export function registerForgotPassword(app: App): void {
  app.get("/forgot-password", (c) => {
    const isSent = c.req.query("sent") !== undefined;
    const page = isSent ? <CheckMailPage lead={ON_ITS_WAY} /> : <ForgotPasswordPage state={BLANK} />;
    return answerPassingPage(c, page);
  });
  app.post("/forgot-password", async (c) => {
    const form = await readForm(c);
    const wrong = checkFields(form, ["email"]);
    if (wrong !== null) return answerPassingPage(c, <ForgotPasswordPage state={wrong} />, 422);
    const refusal = await enter(c, form, {}, () =>
      requestPasswordReset(c.env, authRequestOf(c), textOf(form, "email").trim()),
    );
    if (refusal === null) return c.redirect("/forgot-password?sent=1", 303);
    const page = <ForgotPasswordPage state={refusal.state} />;
    return answerPassingPage(c, page, refusal.status as ContentfulStatusCode);
  });
}

const SPENT: Words = { bad_request: ["token", "spent"], invalid_input: ["token", "spent"] };

function showReset(c: Context<AppEnv>, state: FormState, token: string, status = 200): Promise<Response> {
  const page = <ResetPasswordPage state={state} token={token} minPassword={MIN_PASSWORD} />;
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

function showSpent(c: Context<AppEnv>): Promise<Response> {
  const page = (
    <SpentLinkPage
      title="This link no longer works"
      lead="It has been used, or is too old. Ask for a new one."
      href="/forgot-password"
      action="Send a new link"
    />
  );
  return answerPassingPage(c, page, 400);
}

/** `/reset-password?token=`: where the link of the mail leads. */
export function registerResetPassword(app: App): void {
  app.get("/reset-password", (c) => {
    const token = c.req.query("token") ?? "";
    return token === "" ? showSpent(c) : showReset(c, BLANK, token);
  });
  app.post("/reset-password", async (c) => {
    const form = await readForm(c);
    const token = textOf(form, "token");
    const wrong = checkFields(form, ["newPassword"]);
    if (wrong !== null) return showReset(c, wrong, token, 422);
    const refusal = await enter(c, form, SPENT, () =>
      resetPassword(c.env, authRequestOf(c), { token, newPassword: textOf(form, "password") }),
    );
    if (refusal === null) return c.redirect("/sign-in?done=password-saved", 303);
    return "token" in refusal.state.errors
      ? showSpent(c)
      : showReset(c, refusal.state, token, refusal.status);
  });
}

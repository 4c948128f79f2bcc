import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { confirmAddress } from "../../../services/accounts/confirm-address.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import {
  CheckMailPage,
  ConfirmAddressPage,
  SpentLinkPage,
} from "../../../web/pages/account/password-pages.tsx";
import { authRequestOf, carrySession } from "../../accounts/schemas.ts";
import type { App, AppEnv } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { HOME } from "./addresses.ts";
import { checkFields, enter } from "./entrance-rules.ts";
import type { Words } from "./entrance-rules.ts";
import { readForm, textOf } from "./form.ts";

const SENT = "We have sent you a link. Follow it to confirm your address, then sign in.";

const WORDS: Words = {
  unauthorized: ["password", "That is not the password of this account."],
  invalid_input: ["password", "That is not the password of this account."],
  bad_request: ["token", "spent"],
};

function showForm(c: Context<AppEnv>, state: FormState, token: string, status = 200): Promise<Response> {
  const page = <ConfirmAddressPage state={state} token={token} />;
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

function showSpent(c: Context<AppEnv>): Promise<Response> {
  const page = (
    <SpentLinkPage
      title="This link no longer works"
      lead="It is too old, or was cut. Sign in, and we send you a new one."
      href="/sign-in"
      action="Sign in"
    />
  );
  return answerPassingPage(c, page, 400);
}

/** `/verify-email`: what is left to do after signing up; with `?token=`, where the link of the mail leads. */
export function registerVerifyEmail(app: App): void {
  app.get("/verify-email", (c) => {
    const token = c.req.query("token");
    if (token === undefined) return answerPassingPage(c, <CheckMailPage lead={SENT} />);
    return token === "" ? showSpent(c) : showForm(c, BLANK, token);
  });
  app.post("/verify-email", async (c) => {
    const form = await readForm(c);
    const token = textOf(form, "token");
    const wrong = checkFields(form, ["password"]);
    if (wrong !== null) return showForm(c, wrong, token, 422);
    const refusal = await enter(c, form, WORDS, async () => {
      const given = { token, password: textOf(form, "password") };
      carrySession(c, (await confirmAddress(c.env, authRequestOf(c), given)).headers);
    });
    if (refusal === null) return c.redirect(HOME, 303);
    return "token" in refusal.state.errors ? showSpent(c) : showForm(c, refusal.state, token, refusal.status);
  });
}

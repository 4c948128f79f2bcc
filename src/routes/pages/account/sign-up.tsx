import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { signUp } from "../../../services/accounts/sign-up.ts";
import { BLANK } from "../../../web/components/field.tsx";
import type { FormState } from "../../../web/components/field.tsx";
import { SignUpPage } from "../../../web/pages/account/sign-up-page.tsx";
import { authRequestOf, carrySession } from "../../accounts/schemas.ts";
import type { App, AppEnv } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { HOME, ownPath } from "./addresses.ts";
import { checkFields, enter, MIN_PASSWORD } from "./entrance-rules.ts";
import type { Words } from "./entrance-rules.ts";
import { readForm, textOf } from "./form.ts";

const WORDS: Words = {
  conflict: ["form", "This account cannot be created. If you have one already, sign in instead."],
  invalid_input: ["email", "Enter an e-mail address, such as name@example.com."],
};

function show(c: Context<AppEnv>, state: FormState, next: string | null, status = 200): Promise<Response> {
  const page = <SignUpPage state={state} next={next} minPassword={MIN_PASSWORD} />;
  return answerPassingPage(c, page, status as ContentfulStatusCode);
}

export function registerSignUp(app: App): void {
  app.get("/sign-up", async (c) => {
    const next = ownPath(c.req.query("next"));
    if (c.get("actor").kind === "user") return c.redirect(next ?? HOME, 303);
    return show(c, BLANK, next);
  });
  app.post("/sign-up", async (c) => {
    const form = await readForm(c);
    const next = ownPath(form.get("next"));
    const wrong = checkFields(form, ["name", "email", "newPassword"]);
    if (wrong !== null) return show(c, wrong, next, 422);
    let isSignedIn = false;
    const refusal = await enter(c, form, WORDS, async () => {
      const { body, headers } = await signUp(c.env, authRequestOf(c), {
        name: textOf(form, "name").trim(),
        email: textOf(form, "email").trim(),
        password: textOf(form, "password"),
      });
      carrySession(c, headers);
      isSignedIn = body.token !== null;
    });
    if (refusal !== null) return show(c, refusal.state, next, refusal.status);
    return c.redirect(isSignedIn ? (next ?? HOME) : "/verify-email", 303);
  });
}

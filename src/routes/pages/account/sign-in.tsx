import type { ContentfulStatusCode } from "hono/utils/http-status";
import { signIn } from "../../../services/accounts/sign-in.ts";
import { signOut } from "../../../services/accounts/sign-out.ts";
import { BLANK } from "../../../web/components/field.tsx";
import { SignInPage } from "../../../web/pages/account/sign-in-page.tsx";
import { authRequestOf, carrySession } from "../../accounts/schemas.ts";
import type { App } from "../../openapi.ts";
import { answerPassingPage } from "../html.tsx";
import { doneOf, HOME, ownPath } from "./addresses.ts";
import { checkFields, enter } from "./entrance-rules.ts";
import type { Words } from "./entrance-rules.ts";
import { readForm, textOf } from "./form.ts";

const DONE = {
  "signed-out": "You are signed out.",
  "password-saved": "Your new password is saved. Sign in with it.",
} as const;

const WORDS: Words = {
  unauthorized: ["password", "That e-mail address and password do not match."],
  forbidden: ["form", "Confirm your e-mail address first: the link is in the mail we have just sent."],
  invalid_input: ["password", "That e-mail address and password do not match."],
};

/** `/sign-in?next=`: who is signed in already goes on. */
export function registerSignIn(app: App): void {
  app.get("/sign-in", async (c) => {
    const next = ownPath(c.req.query("next"));
    if (c.get("actor").kind === "user") return c.redirect(next ?? HOME, 303);
    return answerPassingPage(c, <SignInPage state={BLANK} done={doneOf(c, DONE)} next={next} />);
  });
  app.post("/sign-in", async (c) => {
    const form = await readForm(c);
    const next = ownPath(form.get("next"));
    const wrong = checkFields(form, ["email", "password"]);
    if (wrong !== null) return answerPassingPage(c, <SignInPage state={wrong} next={next} />, 422);
    const refusal = await enter(c, form, WORDS, async () => {
      const credentials = { email: textOf(form, "email").trim(), password: textOf(form, "password") };
      carrySession(c, (await signIn(c.env, authRequestOf(c), credentials)).headers);
    });
    if (refusal === null) return c.redirect(next ?? HOME, 303);
    const page = <SignInPage state={refusal.state} next={next} />;
    return answerPassingPage(c, page, refusal.status as ContentfulStatusCode);
  });
}

/** `/sign-out`: a form's way out; who comes by a link finds the button. */
export function registerSignOut(app: App): void {
  app.get("/sign-out", (c) => c.redirect("/account", 303));
  app.post("/sign-out", async (c) => {
    await readForm(c);
    carrySession(c, (await signOut(c.env, authRequestOf(c))).headers);
    return c.redirect("/sign-in?done=signed-out", 303);
  });
}

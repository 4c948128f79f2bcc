import { endOperatorSession, openOperatorSession } from "../../../services/operations/operator-session.ts";
import { recordOperatorSignIn } from "../../../services/operations/record-operator-sign-in.ts";
import { BLANK } from "../../../web/components/field.tsx";
import { OpsSignInPage } from "../../../web/pages/ops-sign-in-page.tsx";
import { countForm } from "../../middleware/rate-limit.ts";
import type { App } from "../../openapi.ts";
import { doneOf } from "../account/addresses.ts";
import { readForm, textOf } from "../account/form.ts";
import { answerPassingPage } from "../html.tsx";
import { carryOperatorSession, operatorCtx, sessionOf, SIGN_IN } from "./guard.ts";

const DONE = { "signed-out": "You are signed out." } as const;
const WRONG = { values: {}, errors: { key: "This is not the operator's key of this deployment." } };

/** `/ops/sign-in`: the operator's key for a session, which each attempt is counted for. */
export function registerOpsSignIn(app: App): void {
  app.get(SIGN_IN, async (c) => {
    if ((await sessionOf(c)) !== null) return c.redirect("/ops", 303);
    return answerPassingPage(c, <OpsSignInPage state={BLANK} done={doneOf(c, DONE)} />);
  });
  app.post(SIGN_IN, async (c) => {
    const form = await readForm(c);
    await countForm(c, "sensitive");
    const session = await openOperatorSession(c.env, textOf(form, "key").trim());
    if (session === null) {
      c.env.log.warn("operator_sign_in_refused", {});
      return answerPassingPage(c, <OpsSignInPage state={WRONG} done={undefined} />, 401);
    }
    carryOperatorSession(c, session);
    await recordOperatorSignIn(operatorCtx(c));
    return c.redirect("/ops", 303);
  });
}

/** `/ops/sign-out`: by the form alone. */
export function registerOpsSignOut(app: App): void {
  app.post("/ops/sign-out", async (c) => {
    await readForm(c);
    const session = await sessionOf(c);
    if (session !== null) await endOperatorSession(c.env, session);
    carryOperatorSession(c, null);
    return c.redirect(`${SIGN_IN}?done=signed-out`, 303);
  });
}

import { Entrance } from "../components/entrance.tsx";
import { Field } from "../components/field.tsx";
import type { FormState } from "../components/field.tsx";
import { Done, Problem } from "../components/notice.tsx";

/** The way in for who runs the deployment. The key is sent once, and stands in no page, address or storage of the browser. */
export function OpsSignInPage({ state, done }: { state: FormState; done: string | undefined }) {
  return (
    <Entrance
      title="Operations"
      lead="For who runs this deployment: with the key that its settings hold as OPERATOR_KEY."
      failed={Object.keys(state.errors).length > 0}
    >
      {done === undefined ? null : <Done>{done}</Done>}
      <Problem text={state.errors.form} />
      <form class="form" method="post" action="/ops/sign-in">
        <Field
          name="key"
          label="Operator key"
          type="password"
          state={state}
          attributes={{ autocomplete: "off", required: true, maxlength: 512, spellcheck: "false" }}
        />
        <button class="button button-primary button-wide" type="submit">
          Sign in
        </button>
      </form>
    </Entrance>
  );
}

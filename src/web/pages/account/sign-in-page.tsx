import { Entrance } from "../../components/entrance.tsx";
import { Field } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { NextField, withNext } from "../../components/next-field.tsx";
import { Done, Problem } from "../../components/notice.tsx";

interface Props {
  state: FormState;
  /** Own path to go on to. */
  next: string | null;
  /** What led here, said above the form. */
  done?: string | undefined;
}

export function SignInPage({ state, next, done }: Props) {
  const failed = Object.keys(state.errors).length > 0;
  return (
    <Entrance title="Sign in" lead="To your organisations and their dashboards." failed={failed}>
      {done === undefined ? null : <Done>{done}</Done>}
      <Problem text={state.errors.form} />
      <form class="form" method="post" action="/sign-in">
        <NextField next={next} />
        <Field
          name="email"
          label="E-mail"
          type="email"
          state={state}
          attributes={{ autocomplete: "username", required: true, maxlength: 254, spellcheck: "false" }}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          state={state}
          attributes={{ autocomplete: "current-password", required: true }}
        />
        <button class="button button-primary button-wide" type="submit">
          Sign in
        </button>
      </form>
      <p class="entrance-else">
        <a href="/forgot-password">Forgot your password?</a>
      </p>
      <p class="entrance-else">
        New here? <a href={withNext("/sign-up", next)}>Create an account</a>
      </p>
    </Entrance>
  );
}

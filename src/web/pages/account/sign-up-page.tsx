import { Entrance } from "../../components/entrance.tsx";
import { Field } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { NextField, withNext } from "../../components/next-field.tsx";
import { Problem } from "../../components/notice.tsx";

interface Props {
  state: FormState;
  next: string | null;
  minPassword: number;
}

export function SignUpPage({ state, next, minPassword }: Props) {
  const failed = Object.keys(state.errors).length > 0;
  return (
    <Entrance title="Create an account" lead="One account for all your organisations." failed={failed}>
      <Problem text={state.errors.form} />
      <form class="form" method="post" action="/sign-up">
        <NextField next={next} />
        <Field
          name="name"
          label="Your name"
          state={state}
          attributes={{ autocomplete: "name", required: true, maxlength: 200 }}
        />
        <Field
          name="email"
          label="E-mail"
          type="email"
          state={state}
          attributes={{ autocomplete: "email", required: true, maxlength: 254, spellcheck: "false" }}
        />
        <NewPassword state={state} minPassword={minPassword} label="Password" />
        <button class="button button-primary button-wide" type="submit">
          Create account
        </button>
      </form>
      <p class="entrance-else">
        You have one? <a href={withNext("/sign-in", next)}>Sign in</a>
      </p>
    </Entrance>
  );
}

export function NewPassword({ state, minPassword, label }: Omit<Props, "next"> & { label: string }) {
  return (
    <Field
      name="password"
      label={label}
      type="password"
      state={state}
      hint={`At least ${minPassword} characters. A few unrelated words are easy to remember and hard to guess.`}
      attributes={{ autocomplete: "new-password", required: true, minlength: minPassword, maxlength: 128 }}
    />
  );
}

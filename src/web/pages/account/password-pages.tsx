import { Entrance } from "../../components/entrance.tsx";
import { Field } from "../../components/field.tsx";
import type { FormState } from "../../components/field.tsx";
import { Problem } from "../../components/notice.tsx";
import { NewPassword } from "./sign-up-page.tsx";

/** Asks for the address that the link is sent to. */
export function ForgotPasswordPage({ state }: { state: FormState }) {
  const failed = Object.keys(state.errors).length > 0;
  return (
    <Entrance
      title="Forgot your password?"
      lead="We send a link that lets you choose a new one."
      failed={failed}
    >
      <Problem text={state.errors.form} />
      <form class="form" method="post" action="/forgot-password">
        <Field
          name="email"
          label="E-mail"
          type="email"
          state={state}
          attributes={{ autocomplete: "username", required: true, maxlength: 254, spellcheck: "false" }}
        />
        <button class="button button-primary button-wide" type="submit">
          Send the link
        </button>
      </form>
      <p class="entrance-else">
        <a href="/sign-in">Back to sign in</a>
      </p>
    </Entrance>
  );
}

/** Says that a mail is on its way, and nothing about whether the address is known. */
export function CheckMailPage({ lead }: { lead: string }) {
  return (
    <Entrance title="Check your mail" lead={lead}>
      <p class="entrance-else">
        Nothing there after a few minutes? Look among the unwanted mail, or try again.
      </p>
      <p class="entrance-else">
        <a href="/sign-in">Back to sign in</a>
      </p>
    </Entrance>
  );
}

/** Where the mailed link of a new account leads: opening it alone confirms nothing. */
export function ConfirmAddressPage({ state, token }: { state: FormState; token: string }) {
  const failed = Object.keys(state.errors).length > 0;
  return (
    <Entrance
      title="Confirm your address"
      lead="With the password you chose when you signed up."
      failed={failed}
    >
      <Problem text={state.errors.form} />
      <form class="form" method="post" action="/verify-email">
        <input type="hidden" name="token" value={token} />
        <Field
          name="password"
          label="Password"
          type="password"
          state={state}
          attributes={{ autocomplete: "current-password", required: true }}
        />
        <button class="button button-primary button-wide" type="submit">
          Confirm and sign in
        </button>
      </form>
      <p class="entrance-else">You did not sign up? Then close this page: the account stays out of use.</p>
      <p class="entrance-else">
        <a href="/forgot-password">Forgot your password?</a>
      </p>
    </Entrance>
  );
}

interface ResetProps {
  state: FormState;
  token: string;
  minPassword: number;
}

export function ResetPasswordPage({ state, token, minPassword }: ResetProps) {
  const failed = Object.keys(state.errors).length > 0;
  return (
    <Entrance title="Choose a new password" lead="All other devices are signed out." failed={failed}>
      <Problem text={state.errors.form} />
      <form class="form" method="post" action="/reset-password">
        <input type="hidden" name="token" value={token} />
        <NewPassword state={state} minPassword={minPassword} label="New password" />
        <button class="button button-primary button-wide" type="submit">
          Save the password
        </button>
      </form>
    </Entrance>
  );
}

export function SpentLinkPage({
  title,
  lead,
  href,
  action,
}: Record<"title" | "lead" | "href" | "action", string>) {
  return (
    <Entrance title={title} lead={lead}>
      <p class="entrance-else">
        <a class="button button-primary" href={href}>
          {action}
        </a>
      </p>
    </Entrance>
  );
}

import type { Deps } from "../../deps.ts";
import type { Mail } from "../../ports/mailer.ts";

/** Hands a mail over after the response, so that its time tells nobody whether an account exists. */
export function sendLater(deps: Pick<Deps, "mailer" | "lifetime" | "log">, mail: Mail): void {
  const sent = deps.mailer.send(mail).catch((error: unknown) => {
    deps.log.error("mail_failed", { subject: mail.subject, error: String(error) });
  });
  deps.lifetime.defer(sent);
}

export function confirmationMail(to: string, link: string): Mail {
  const text = `Confirm that this is your e-mail address, within an hour, with the password you chose, at

${link}

If you did not sign up, leave the link alone: without it the account cannot be used.`;
  return { to, subject: "Confirm your e-mail address", text };
}

export function passwordMail(to: string, link: string): Mail {
  const text = `Choose a new password, by opening within an hour:

${link}

All sessions of the account end with it. If you did not ask for this, nothing has changed and nothing is to be done.`;
  return { to, subject: "Choose a new password", text };
}

export function alreadyMail(to: string, link: string): Mail {
  const text = `Somebody, perhaps you, signed up with this address, which has an account already. Nothing has changed.

If you do not remember your password, ask for a new one at

${link}`;
  return { to, subject: "You have an account already", text };
}

import type { Role } from "../../domain/actor.ts";
import type { Mail } from "../../ports/mailer.ts";

const MAX_NAME = 60;

/** A name is its owner's to choose: too short to be somebody else's message. */
function shortened(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME).toWellFormed()}…` : name;
}

interface Named {
  id: string;
  name: string;
}

/** What an account is sent that is a member from now on, without having been asked; the link leads to where it can leave. */
export function membershipMail(facts: { email: string; org: Named; role: Role; origin: string }): Mail {
  return {
    to: facts.email,
    subject: "You are a member of an organisation",
    text: [
      `You have been made a member of "${shortened(facts.org.name)}", with the role "${facts.role}".`,
      "See who else is, or leave, at",
      new URL(`/orgs/${encodeURIComponent(facts.org.id)}/members`, facts.origin).href,
      "Whoever runs it sees your name and address there, and when you sign in, until you leave.",
    ].join("\n\n"),
  };
}

/** What an invited address is sent; the link leads to the form where its account is made. */
export function invitationMail(facts: { email: string; orgName: string; origin: string }): Mail {
  const link = new URL("/sign-up", facts.origin);
  link.searchParams.set("email", facts.email);
  return {
    to: facts.email,
    subject: "You are invited to an organisation",
    text: [
      `You are invited to join "${shortened(facts.orgName)}".`,
      "Make an account with this address, and you are a member of it:",
      link.href,
      "The invitation holds for 14 days. If you expect none, there is nothing to do.",
    ].join("\n\n"),
  };
}

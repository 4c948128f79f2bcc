import type { Mail } from "../../ports/mailer.ts";

/** What an invited address is sent; the link leads to the form where its account is made. */
export function invitationMail(facts: { email: string; orgName: string; origin: string }): Mail {
  const link = new URL("/sign-up", facts.origin);
  link.searchParams.set("email", facts.email);
  return {
    to: facts.email,
    subject: "You are invited to an organisation",
    text: [
      `You are invited to join "${facts.orgName}".`,
      "Make an account with this address, and you are a member of it:",
      link.href,
      "The invitation holds for 14 days. If you expect none, there is nothing to do.",
    ].join("\n\n"),
  };
}

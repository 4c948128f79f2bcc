const JSON_LINE = /\{"time":"[^"]+","level":"(?:warn|error|info","event":"mail)".*\}/;
/** People of the demo, whose mails nobody waits for. */
const DEMO_DOMAIN = "@vitrine.test";

/**
 * What a developer should see of a line that the Worker printed: warnings and errors as they are, a mail as text, since its
 * link is what they wait for; `null` for the rest.
 */
export function tellingLine(line: string): string | null {
  const [found] = JSON_LINE.exec(line) ?? [];
  if (found === undefined) return /\[ERROR\]|Uncaught/.test(line) ? line : null;
  const mail = mailOf(found);
  if (mail === null) return line;
  return mail.to.endsWith(DEMO_DOMAIN)
    ? null
    : `\nMail to ${mail.to}: ${mail.subject}\n${indented(mail.text)}\n`;
}

function mailOf(text: string): Record<"to" | "subject" | "text", string> | null {
  try {
    const line = JSON.parse(text) as Record<string, string>;
    return line.event === "mail" ? { to: line.to, subject: line.subject, text: line.text } : null;
  } catch {
    return null;
  }
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

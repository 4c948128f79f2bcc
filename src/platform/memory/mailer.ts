import type { Mail, Mailer } from "../../ports/mailer.ts";

/** Mails kept in memory, to be asserted on. */
export class MemoryMailer implements Mailer {
  readonly sent: Mail[] = [];

  async send(mail: Mail): Promise<void> {
    this.sent.push(mail);
  }
}

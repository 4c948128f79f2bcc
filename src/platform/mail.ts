import type { Config } from "../config.ts";
import type { Log } from "../ports/log.ts";
import type { Mail, Mailer } from "../ports/mailer.ts";

const TIMEOUT_MS = 10_000;

/** Where mails are handed in: an HTTP service that takes `{from, to, subject, text}` in JSON, as most do. */
export interface MailSettings {
  url: string;
  token: string;
  from: string;
}

/** Posts each mail to the service. Anything but a 2xx within 10 s rejects; the message names neither address nor text. */
export class HttpMailer implements Mailer {
  readonly #settings: MailSettings;
  readonly #fetch: typeof fetch;

  constructor(settings: MailSettings, fetcher: typeof fetch = (...args) => fetch(...args)) {
    this.#settings = settings;
    this.#fetch = fetcher;
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    const { url, token, from } = this.#settings;
    const response = await this.#fetch(url, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ from, to, subject, text }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The mail service answers ${response.status}`);
  }
}

/** Delivers nothing. A developer reads the mail in the log; in production its text, which may let one in, stays out. */
export class LogMailer implements Mailer {
  readonly #log: Log;
  readonly #isProduction: boolean;

  constructor(log: Log, isProduction: boolean) {
    this.#log = log;
    this.#isProduction = isProduction;
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    if (!this.#isProduction) return this.#log.info("mail", { to, subject, text });
    this.#log.warn("mail_not_sent", { subject, detail: "MAIL_URL is not set: nobody gets this mail" });
  }
}

/** The deployment's mailer: the service of `MAIL_URL` where one is set, else the log. */
export function openMailer(config: Config, settings: MailSettings | null, log: Log): Mailer {
  return settings === null
    ? new LogMailer(log, config.environment === "production")
    : new HttpMailer(settings);
}

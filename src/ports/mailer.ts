export interface Mail {
  to: string;
  subject: string;
  /** Plain text; a link stands on a line of its own. */
  text: string;
}

/** Hands a message to whoever delivers it. A rejection means that it was not taken; delivery itself is not awaited. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** One delivery of a queue message. Exactly one of `ack` and `retry` is called; an unanswered one is delivered again. */
export interface QueueMessage {
  id: string;
  /** Whatever was sent: decoded from `unknown` by the handler of its kind. */
  body: unknown;
  /** 1 for the first delivery. */
  attempts: number;
  ack(): void;
  retry(delaySeconds: number): void;
}

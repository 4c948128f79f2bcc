/** How one queue stands. */
export interface QueueBacklog {
  queue: string;
  /** Messages that wait. A platform may leave out those of a delay, and stop counting at 10,000. */
  messages: number;
  /** Since when the oldest waits that is due, in milliseconds since the epoch; `null` where none does, or it is not known. */
  oldestAt: number | null;
}

/** What waits in the platform's queues, which the database does not know. Failures throw. */
export interface Queues {
  backlog(): Promise<QueueBacklog[]>;
}

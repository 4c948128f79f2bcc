/** A job is a kind and a small key, never bytes (a queue message holds 128 KB). */
export interface Job {
  id: string;
  kind: string;
  payload: Readonly<Record<string, string | number>>;
  /** Absent where nobody asked, as at a tick, and in messages of older versions. */
  origin?: JobOrigin;
  /** When it was to run first, in milliseconds since the epoch, where that was later than it was written. */
  dueAt?: number;
}

/** On whose behalf a job was written, so that its logs and spans are found by the request that caused it. */
export interface JobOrigin {
  requestId: string;
  /** Of the span that wrote it (W3C Trace Context). */
  traceparent: string;
}

/** At-least-once delivery in any order. `send` resolves once the queue holds the jobs durably; failures throw. */
export interface Jobs {
  send(jobs: readonly Job[], delaySeconds?: number): Promise<void>;
}

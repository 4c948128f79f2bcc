/** A job is a kind and a small key, never bytes (a queue message holds 128 KB). */
export interface Job {
  id: string;
  kind: string;
  payload: Readonly<Record<string, string | number>>;
}

/** At-least-once delivery in any order. `send` resolves once the queue holds the jobs durably; failures throw. */
export interface Jobs {
  send(jobs: readonly Job[], delaySeconds?: number): Promise<void>;
}

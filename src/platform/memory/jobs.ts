import type { Clock } from "../../ports/clock.ts";
import type { Job, Jobs } from "../../ports/jobs.ts";
import type { QueueBacklog, Queues } from "../../ports/queues.ts";

/** One delivery, in the shape of the queue consumer's messages. */
export interface MemoryDelivery {
  id: string;
  body: unknown;
  attempts: number;
  ack(): void;
  retry(delaySeconds: number): void;
}

export interface QueuedJob {
  job: Job;
  attempts: number;
  dueAt: number;
}

/** A queue in memory, to be looked at and drained by hand. A job that fails `maxAttempts` times goes to `dead`. */
export class MemoryJobs implements Jobs, Queues {
  readonly sent: Job[] = [];
  queued: QueuedJob[] = [];
  readonly dead: Job[] = [];
  /** What handlers threw. */
  readonly failures: unknown[] = [];
  readonly #clock: Clock;
  readonly #maxAttempts: number;

  constructor(clock: Clock, maxAttempts = 6) {
    this.#clock = clock;
    this.#maxAttempts = maxAttempts;
  }

  async send(jobs: readonly Job[], delaySeconds = 0): Promise<void> {
    const dueAt = this.#clock.now() + delaySeconds * 1_000;
    for (const job of structuredClone(jobs)) {
      this.sent.push(job);
      this.queued.push({ job, attempts: 0, dueAt });
    }
  }

  async backlog(): Promise<QueueBacklog[]> {
    const now = this.#clock.now();
    const due = this.queued.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt <= now);
    const oldestAt = due.length === 0 ? null : Math.min(...due);
    return [{ queue: "jobs", messages: this.queued.length, oldestAt }];
  }

  /**
   * Delivers what is due, in batches, until nothing is; jobs sent meanwhile included, delayed ones not. A message that
   * the handler leaves unanswered, or throws on, is delivered again. Answers the number of deliveries.
   */
  async drain(handler: (batch: readonly MemoryDelivery[]) => Promise<void>, batchSize = 10): Promise<number> {
    let deliveries = 0;
    for (;;) {
      const now = this.#clock.now();
      const batch = this.queued.filter((entry) => entry.dueAt <= now).slice(0, batchSize);
      if (batch.length === 0) return deliveries;
      this.queued = this.queued.filter((entry) => !batch.includes(entry));
      deliveries += batch.length;
      await this.#deliver(batch, handler);
    }
  }

  async #deliver(
    batch: readonly QueuedJob[],
    handler: (batch: readonly MemoryDelivery[]) => Promise<void>,
  ): Promise<void> {
    const answers = new Map<QueuedJob, "ack" | number>();
    const messages = batch.map((entry) => ({
      id: entry.job.id,
      body: structuredClone(entry.job) as unknown,
      attempts: ++entry.attempts,
      ack: () => void answers.set(entry, "ack"),
      retry: (delaySeconds: number) => void answers.set(entry, delaySeconds),
    }));
    await handler(messages).catch((error: unknown) => this.failures.push(error));
    for (const entry of batch) this.#settle(entry, answers.get(entry) ?? 0);
  }

  #settle(entry: QueuedJob, answer: "ack" | number): void {
    if (answer === "ack") return;
    if (entry.attempts >= this.#maxAttempts) this.dead.push(entry.job);
    else this.queued.push({ ...entry, dueAt: this.#clock.now() + answer * 1_000 });
  }
}

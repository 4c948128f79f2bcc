import type { Client, InStatement, Row } from "@libsql/client";
import type { Clock } from "../../ports/clock.ts";
import type { Job, Jobs } from "../../ports/jobs.ts";
import type { QueueBacklog, Queues } from "../../ports/queues.ts";
import type { MemoryDelivery as Delivery } from "../memory/jobs.ts";

export type Consume = (messages: readonly Delivery[]) => Promise<void>;

const MAX_ATTEMPTS = 6;
const BATCH = 10;
const SEND = "INSERT INTO jobs (body, attempts, due_at) VALUES (?, 0, ?)";
// The attempt counts before it begins: a job that ends the process is not tried for ever.
const TAKE =
  "UPDATE jobs SET attempts = attempts + 1 WHERE id IN (SELECT id FROM jobs WHERE due_at <= ? ORDER BY due_at, id LIMIT ?) RETURNING id, body, attempts";
const BURY = "INSERT INTO dead_jobs (id, body, attempts) SELECT id, body, attempts FROM jobs WHERE id = ?";
const REMOVE = "DELETE FROM jobs WHERE id = ?";
const POSTPONE = "UPDATE jobs SET due_at = ? WHERE id = ?";
const BACKLOG =
  "SELECT (SELECT count(*) FROM (SELECT 1 FROM jobs LIMIT 10000)) AS messages, (SELECT min(due_at) FROM jobs WHERE due_at <= ?) AS oldest";

/** A queue in a table, for one process that sends and consumes. */
export class TableJobs implements Jobs, Queues {
  readonly #client: Client;
  readonly #clock: Clock;
  #isClosed = false;
  /** Called after each `send`, so that a consumer need not wait for its next look. */
  onSend: () => void = () => undefined;

  constructor(client: Client, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  async send(jobs: readonly Job[], delaySeconds = 0): Promise<void> {
    if (jobs.length === 0) return;
    const dueAt = this.#clock.now() + delaySeconds * 1_000;
    await this.#client.batch(
      jobs.map((job) => ({ sql: SEND, args: [JSON.stringify(job), dueAt] })),
      "write",
    );
    this.onSend();
  }

  async backlog(): Promise<QueueBacklog[]> {
    const { rows } = await this.#client.execute({ sql: BACKLOG, args: [this.#clock.now()] });
    const [{ messages, oldest }] = rows;
    return [{ queue: "jobs", messages: Number(messages), oldestAt: oldest === null ? null : Number(oldest) }];
  }

  /** No more is delivered here; what is sent is kept for the next process. */
  close(): void {
    this.#isClosed = true;
  }

  /** Delivers what is due until nothing is; what nobody answered is delivered again. Answers the deliveries. */
  async drain(consume: Consume): Promise<number> {
    let deliveries = 0;
    for (;;) {
      if (this.#isClosed) return deliveries;
      const { rows } = await this.#client.execute({ sql: TAKE, args: [this.#clock.now(), BATCH] });
      if (rows.length === 0) return deliveries;
      deliveries += rows.length;
      const answers = new Map<number, "ack" | number>();
      const sorted = rows.toSorted((a, b) => Number(a.id) - Number(b.id));
      await consume(sorted.map((row) => deliveryOf(row, answers))).catch(() => undefined);
      await this.#client.batch(
        sorted.flatMap((row) => this.#settle(row, answers.get(Number(row.id)) ?? 0)),
        "write",
      );
    }
  }

  /** Hands the jobs that failed in each delivery to `consume`, and forgets those it acks. */
  async drainDead(consume: Consume): Promise<void> {
    if (this.#isClosed) return;
    const { rows } = await this.#client.execute(
      "SELECT id, body, attempts FROM dead_jobs ORDER BY id LIMIT 20",
    );
    if (rows.length === 0) return;
    const answers = new Map<number, "ack" | number>();
    await consume(rows.map((row) => deliveryOf(row, answers))).catch(() => undefined);
    const acked = rows.filter((row) => answers.get(Number(row.id)) === "ack");
    await this.#client.batch(
      acked.map((row) => ({ sql: "DELETE FROM dead_jobs WHERE id = ?", args: [row.id] })),
      "write",
    );
  }

  #settle({ id, attempts }: Row, answer: "ack" | number): InStatement[] {
    const remove = { sql: REMOVE, args: [id] };
    if (answer === "ack") return [remove];
    if (Number(attempts) >= MAX_ATTEMPTS) return [{ sql: BURY, args: [id] }, remove];
    return [{ sql: POSTPONE, args: [this.#clock.now() + answer * 1_000, id] }];
  }
}

function deliveryOf(row: Row, answers: Map<number, "ack" | number>): Delivery {
  const id = Number(row.id);
  return {
    id: String(id),
    body: bodyOf(String(row.body)),
    attempts: Number(row.attempts),
    ack: () => void answers.set(id, "ack"),
    retry: (delaySeconds) => void answers.set(id, delaySeconds),
  };
}

/** What is no JSON is delivered as its text, which no handler takes: it must not hold up what stands behind it. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

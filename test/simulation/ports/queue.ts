import type { Job, Jobs } from "../../../src/ports/jobs.ts";
import type { QueueMessage } from "../../../src/queue/message.ts";
import type { Chances, Invocation } from "../invocation.ts";
import { asNextSends, NEXT_KIND } from "../versions.ts";

interface Message {
  id: string;
  body: unknown;
  attempts: number;
}

type Answer = "ack" | number;

/** Delivers a batch; resolves when the handler has ended, or was cut off. */
export type Deliver = (queue: QueueName, batch: readonly QueueMessage[]) => Promise<void>;
export type QueueName = "jobs" | "images" | "dead";

/** As wrangler.toml has them. */
const QUEUES: Readonly<Record<QueueName, { batch: number; waitMs: number; deliveries: number }>> = {
  jobs: { batch: 10, waitMs: 1_000, deliveries: 6 },
  images: { batch: 1, waitMs: 0, deliveries: 6 },
  dead: { batch: 20, waitMs: 5_000, deliveries: 21 },
};
const LATE_MS = 120_000;

/**
 * Cloudflare Queues: at least once, so that a message may come twice, at once or though it was acknowledged
 * (developers.cloudflare.com/queues/reference/delivery-guarantees); in no order; what is not acknowledged comes again, and
 * after its last delivery goes to the dead-letter queue, whose own messages are lost after theirs
 * (developers.cloudflare.com/queues/configuration/batching-retries, …/dead-letter-queues).
 */
export class SimQueue {
  readonly #chances: Chances;
  readonly #deliver: Deliver;
  readonly #ready: Record<QueueName, Message[]> = { jobs: [], images: [], dead: [] };
  readonly #planned = new Set<QueueName>();
  /** Jobs that the queue has accepted, by their ids. */
  readonly accepted = new Set<string>();
  /** Bodies of messages that went to the dead-letter queue. */
  readonly dead: unknown[] = [];
  /** Bodies of messages that no queue has any more, and nobody acknowledged. */
  readonly lost: unknown[] = [];
  /** Messages that are not done with. */
  open = 0;
  #count = 0;

  constructor(chances: Chances, deliver: Deliver) {
    this.#chances = chances;
    this.#deliver = deliver;
  }

  /** Anything at all, as somebody else's program may send. */
  send(body: unknown, delaySeconds = 0): void {
    const { kernel, faults } = this.#chances;
    if (isJob(body)) this.accepted.add(body.id);
    const name = isJob(body) && body.kind.startsWith("images.") ? "images" : "jobs";
    const message = { id: `m${++this.#count}`, body: structuredClone(body), attempts: 0 };
    this.#plan(name, message, delaySeconds * 1_000 + this.#lateMs());
    if (kernel.random.chance(faults.queueDuplicates)) this.#plan(name, { ...message }, this.#lateMs());
  }

  #lateMs(): number {
    const { kernel, faults } = this.#chances;
    return kernel.random.next() * (kernel.random.chance(faults.queueLate) ? LATE_MS : 200);
  }

  #plan(name: QueueName, message: Message, delayMs: number): void {
    this.open++;
    this.#chances.kernel.after(delayMs, () => {
      this.#ready[name].push(message);
      this.#planBatch(name);
    });
  }

  #planBatch(name: QueueName): void {
    if (this.#planned.has(name) || this.#ready[name].length === 0) return;
    this.#planned.add(name);
    const { kernel } = this.#chances;
    kernel.after(kernel.random.next() * QUEUES[name].waitMs, () => {
      this.#planned.delete(name);
      void this.#runBatch(name);
      this.#planBatch(name);
    });
  }

  async #runBatch(name: QueueName): Promise<void> {
    const batch: Message[] = [];
    const ready = this.#ready[name];
    while (ready.length > 0 && batch.length < QUEUES[name].batch)
      batch.push(...ready.splice(this.#chances.kernel.random.below(ready.length), 1));
    const answers = new Map<Message, Answer>();
    const answer = (message: Message, given: Answer): void => {
      // The first counts: developers.cloudflare.com/queues/configuration/javascript-apis/#message
      if (!answers.has(message)) answers.set(message, given);
    };
    await this.#deliver(
      name,
      batch.map((message) => ({
        id: message.id,
        body: structuredClone(message.body),
        attempts: ++message.attempts,
        ack: () => answer(message, "ack"),
        retry: (delaySeconds) => answer(message, delaySeconds),
      })),
    );
    for (const message of batch) this.#settle(name, message, answers.get(message) ?? 0);
  }

  #settle(name: QueueName, message: Message, answer: Answer): void {
    this.open--;
    const { kernel, faults } = this.#chances;
    const isDone = answer === "ack" && !kernel.random.chance(faults.queueLosesAck);
    if (isDone) return;
    if (message.attempts < QUEUES[name].deliveries) {
      this.#plan(name, message, (answer === "ack" ? 10 : answer) * 1_000 + this.#lateMs());
    } else if (answer === "ack") {
      kernel.note("queue", `${message.id} acknowledged at last`);
    } else if (name === "dead") {
      this.lost.push(message.body);
    } else {
      kernel.note("queue", `${message.id} to the dead letters`);
      this.dead.push(message.body);
      this.#plan("dead", { ...message, attempts: 0 }, this.#lateMs());
    }
  }
}

function isJob(body: unknown): body is Job {
  return typeof body === "object" && body !== null && "kind" in body && "id" in body && "payload" in body;
}

/** The queue as an invocation has it: `send` may fail before it has sent, or after. */
export class SimJobs implements Jobs {
  readonly #chances: Chances;
  readonly #invocation: Invocation;
  readonly #queue: SimQueue;

  constructor(chances: Chances, invocation: Invocation, queue: SimQueue) {
    this.#chances = chances;
    this.#invocation = invocation;
    this.#queue = queue;
  }

  async send(jobs: readonly Job[], delaySeconds = 0): Promise<void> {
    const { faults, kernel } = this.#chances;
    const { isNext } = this.#invocation.place;
    const what = `queue.send ${jobs.map(({ id, kind }) => `${kind} ${id}`).join(" ")}`;
    await this.#invocation.travel(5);
    if (this.#invocation.chance(faults.queueSendFailsBefore)) {
      this.#invocation.note(`${what}: failed before`);
      throw new Error("Queue send failed: 500");
    }
    for (const job of jobs) this.#queue.send(isNext ? asNextSends(job) : job, delaySeconds);
    if (isNext && jobs.length > 0 && kernel.random.chance(0.2))
      this.#queue.send({ id: `next_${kernel.random.below(2 ** 30)}`, kind: NEXT_KIND, payload: { step: 1 } });
    this.#invocation.note(what);
    await this.#invocation.travel(5);
    if (!this.#invocation.chance(faults.queueSendFailsAfter)) return;
    this.#invocation.note(`${what}: answer lost`);
    throw new Error("Queue send failed: 500");
  }
}

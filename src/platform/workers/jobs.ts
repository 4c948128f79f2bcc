import type { Job, Jobs } from "../../ports/jobs.ts";
import type { WorkersEnv } from "./env.ts";

// Limits of one sendBatch; the bytes leave room for the envelope of each message.
const MAX_MESSAGES = 100;
const MAX_BYTES = 240_000;
const MAX_JOB_BYTES = 120_000;

const IMAGE_KIND = /^images\./;

type Queues = Pick<WorkersEnv, "JOBS" | "IMAGE_JOBS">;

/** Jobs of images go to a queue of their own. */
export class WorkersJobs implements Jobs {
  readonly #queues: Queues;

  constructor(queues: Queues) {
    this.#queues = queues;
  }

  async send(jobs: readonly Job[], delaySeconds?: number): Promise<void> {
    const images = jobs.filter(({ kind }) => IMAGE_KIND.test(kind));
    const others = jobs.filter(({ kind }) => !IMAGE_KIND.test(kind));
    await sendTo(this.#queues.JOBS, others, delaySeconds);
    await sendTo(this.#queues.IMAGE_JOBS, images, delaySeconds);
  }
}

async function sendTo(queue: Queue<Job>, jobs: readonly Job[], delaySeconds?: number): Promise<void> {
  for (const batch of batchesOf(jobs)) {
    await queue.sendBatch(
      batch.map((body) => ({ body, contentType: "json" as const })),
      delaySeconds === undefined ? undefined : { delaySeconds },
    );
  }
}

/** Jobs in the order given, cut into batches that one call takes. A job too large for a message throws. */
export function batchesOf(jobs: readonly Job[]): Job[][] {
  const batches: Job[][] = [];
  let bytes = Infinity;
  for (const job of jobs) {
    const size = new TextEncoder().encode(JSON.stringify(job)).length;
    if (size > MAX_JOB_BYTES)
      throw new RangeError(`Job "${job.id}" has ${size} bytes, at most ${MAX_JOB_BYTES}`);
    const last = batches.at(-1);
    if (last === undefined || last.length >= MAX_MESSAGES || bytes + size > MAX_BYTES) {
      batches.push([job]);
      bytes = size;
    } else {
      last.push(job);
      bytes += size;
    }
  }
  return batches;
}

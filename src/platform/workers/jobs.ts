import type { Job, Jobs } from "../../ports/jobs.ts";

// Limits of one sendBatch; the bytes leave room for the envelope of each message.
const MAX_MESSAGES = 100;
const MAX_BYTES = 240_000;
const MAX_JOB_BYTES = 120_000;

export class WorkersJobs implements Jobs {
  readonly #queue: Queue<Job>;

  constructor(queue: Queue<Job>) {
    this.#queue = queue;
  }

  async send(jobs: readonly Job[], delaySeconds?: number): Promise<void> {
    for (const batch of batchesOf(jobs)) {
      await this.#queue.sendBatch(
        batch.map((body) => ({ body, contentType: "json" as const })),
        delaySeconds === undefined ? undefined : { delaySeconds },
      );
    }
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

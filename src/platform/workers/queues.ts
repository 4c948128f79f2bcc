import type { Job } from "../../ports/jobs.ts";
import type { QueueBacklog, Queues } from "../../ports/queues.ts";
import type { WorkersEnv } from "./env.ts";

/** As Cloudflare tells it: some seconds late. Of its oldest message it says when it was sent, due or not. */
export class WorkersQueues implements Queues {
  readonly #queues: readonly (readonly [string, Queue<Job>])[];

  constructor(env: Pick<WorkersEnv, "JOBS" | "IMAGE_JOBS">) {
    this.#queues = [
      ["jobs", env.JOBS],
      ["images", env.IMAGE_JOBS],
    ];
  }

  async backlog(): Promise<QueueBacklog[]> {
    return Promise.all(
      this.#queues.map(async ([queue, binding]) => {
        const { backlogCount, oldestMessageTimestamp } = await binding.metrics();
        return { queue, messages: backlogCount, oldestAt: oldestMessageTimestamp?.getTime() ?? null };
      }),
    );
  }
}

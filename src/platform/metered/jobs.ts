import type { Job, Jobs } from "../../ports/jobs.ts";
import type { Receipt } from "../../ports/receipt.ts";

export class MeteredJobs implements Jobs {
  readonly #jobs: Jobs;
  readonly #receipt: Receipt;

  constructor(jobs: Jobs, receipt: Receipt) {
    this.#jobs = jobs;
    this.#receipt = receipt;
  }

  send(jobs: readonly Job[], delaySeconds?: number): Promise<void> {
    this.#receipt.messages += jobs.length;
    return this.#jobs.send(jobs, delaySeconds);
  }
}

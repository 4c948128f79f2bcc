import type { Job, Jobs } from "../../ports/jobs.ts";
import type { Guard } from "./guard.ts";
import { guardOf } from "./guards.ts";
import type { Guarding } from "./guards.ts";

/** A job that is sent twice runs twice, and is idempotent. */
export class GuardedJobs implements Jobs {
  readonly #jobs: Jobs;
  readonly #guard: Guard;

  constructor(jobs: Jobs, guarding: Guarding) {
    this.#jobs = jobs;
    this.#guard = guardOf("queue", guarding);
  }

  send(jobs: readonly Job[], delaySeconds?: number): Promise<void> {
    return this.#guard.run({ work: () => this.#jobs.send(jobs, delaySeconds), isRepeatable: true });
  }
}

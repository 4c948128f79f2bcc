import type { Lifetime } from "../../ports/lifetime.ts";
import type { Log } from "../../ports/log.ts";

export class WorkersLifetime implements Lifetime {
  readonly #context: Pick<ExecutionContext, "waitUntil">;
  readonly #log: Log;

  constructor(context: Pick<ExecutionContext, "waitUntil">, log: Log) {
    this.#context = context;
    this.#log = log;
  }

  defer(work: Promise<unknown>): void {
    this.#context.waitUntil(
      work.catch((error: unknown) => this.#log.error("deferred_work_failed", { error })),
    );
  }
}

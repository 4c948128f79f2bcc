import type { Lifetime } from "../../ports/lifetime.ts";

/** Collects deferred work, so that a test or a server that stops can wait for it. */
export class MemoryLifetime implements Lifetime {
  readonly failures: unknown[] = [];
  readonly #work = new Set<Promise<unknown>>();

  get pending(): number {
    return this.#work.size;
  }

  defer(work: Promise<unknown>): void {
    const watched = work
      .catch((error: unknown) => this.failures.push(error))
      .finally(() => this.#work.delete(watched));
    this.#work.add(watched);
  }

  /** Resolves once all work, also what it deferred itself, has ended. Failures are in `failures`. */
  async settle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }
}

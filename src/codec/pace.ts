/** Of work at a stretch: no one who waits for an answer sees it. */
const STRETCH_MS = 25;

/**
 * Gives way to other work of the process from time to time. A stream need not do so: where its bytes are at hand, its
 * promises are resolved one after the other before any connection is looked at.
 */
export class Pace {
  #since = performance.now();

  async rest(): Promise<void> {
    if (performance.now() - this.#since < STRETCH_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#since = performance.now();
  }
}

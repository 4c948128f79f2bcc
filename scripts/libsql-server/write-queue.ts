import type { Connection } from "./connection.ts";
import { isBusy, isOfBusyKind } from "./protocol.ts";

const WAIT_MS = 5_000;
const POLL_MS = 250;

/** Statements that found the database locked by another stream, waiting in order of arrival for the lock's release. */
export class WriteQueue {
  #waiting: (() => void)[] = [];

  /** Runs `work`, again after each release of a lock for up to 5 s while the database is busy. */
  async run<T>(connection: Connection, work: () => T): Promise<T> {
    const until = Date.now() + WAIT_MS;
    for (;;) {
      const hadTransaction = connection.inTransaction;
      try {
        const result = work();
        if (!connection.inTransaction) this.wake();
        return result;
      } catch (error) {
        if (hadTransaction && !connection.inTransaction) this.wake();
        if (!isBusy(error) || Date.now() >= until) {
          if (isOfBusyKind(error)) connection.retire();
          throw error;
        }
      }
      await this.#released();
    }
  }

  /** A lock may be free: the first in the queue tries again. */
  wake(): void {
    this.#waiting.shift()?.();
  }

  #released(): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((other) => other !== go);
        resolve();
      };
      const timer = setTimeout(go, POLL_MS);
      this.#waiting.push(go);
    });
  }
}

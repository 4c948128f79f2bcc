import { createHash } from "node:crypto";
import { Random } from "../index/random.ts";

interface Timer {
  at: number;
  order: number;
  run: () => void;
}

/** One thing that happened, at a virtual time, to somebody. */
export interface TraceLine {
  at: number;
  who: string;
  what: string;
}

const realImmediate = globalThis.setImmediate;

/**
 * Virtual time in milliseconds, and all that is going to happen in it, one thing after another: after each, everything that
 * follows from it without waiting runs to its end before the next begins. What is drawn at random and what is noted of it
 * depend on the seed alone.
 */
export class Kernel {
  readonly random: Random;
  readonly lines: TraceLine[] = [];
  readonly #digest = createHash("sha256");
  readonly #timers: Timer[] = [];
  #now: number;
  #order = 0;
  /** Real work that is under way on other threads. */
  #busy = 0;
  #chain: Promise<unknown> = Promise.resolve();

  constructor(seed: number, start: number) {
    this.random = new Random(seed);
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  get pending(): number {
    return this.#timers.length;
  }

  note(who: string, what: string): void {
    this.lines.push({ at: this.#now, who, what });
    this.#digest.update(`${this.#now} ${who} ${what}\n`);
  }

  /** Of all that was noted: the same for the same seed, on any machine. */
  digest(): string {
    return this.#digest.copy().digest("hex").slice(0, 16);
  }

  /** Runs at a time of its own, after what was planned for the same time before it; answers how to call it off. */
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    let at = this.#timers.length;
    while (at > 0 && this.#timers[at - 1].at <= timer.at) at--;
    this.#timers.splice(at, 0, timer);
    return () => {
      const place = this.#timers.indexOf(timer);
      if (place >= 0) this.#timers.splice(place, 1);
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Work of other threads, such as WebCrypto's, ends in the order in which it began, however long it takes. */
  serial<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    const done = this.#chain.then(work).finally(() => this.#busy--);
    this.#chain = done.catch(() => undefined);
    return done;
  }

  /** Lets the next thing happen; `false` where nothing is planned before `until`. */
  async step(until: number): Promise<boolean> {
    await this.#settle();
    const next = this.#timers.at(-1);
    if (next === undefined || next.at > until) return false;
    this.#timers.pop();
    this.#now = next.at;
    next.run();
    await this.#settle();
    return true;
  }

  async advance(ms: number, isOver: () => boolean = () => false): Promise<void> {
    const until = this.#now + ms;
    while (!isOver() && (await this.step(until)));
    if (!isOver()) this.#now = Math.max(this.#now, until);
  }

  async #settle(): Promise<void> {
    do await new Promise<void>((resolve) => realImmediate(resolve));
    while (this.#busy > 0);
  }
}

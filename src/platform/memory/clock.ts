import type { Clock } from "../../ports/clock.ts";

/** A clock that stands still until it is moved. */
export class MemoryClock implements Clock {
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  set(ms: number): void {
    this.#now = ms;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export const systemClock: Clock = { now: () => Date.now() };

export type BreakerState = "closed" | "open" | "half-open";

/** Failures and slow calls of the last 5 to 10 s decide; below `MIN_CALLS` nothing does. */
const HALF_WINDOW_MS = 5_000;
const MIN_CALLS = 4;
const BAD_RATE = 0.5;
/** So many failures in a row decide too: what fell silent has many good calls behind it. */
const BAD_ROW = 6;
/** So long nothing is tried after a failure; then one call at a time, so that recovery is noticed in about a second. */
export const OPEN_MS = 1_000;
/** A probe that never ends, as its request was cut off, holds up the next for no longer. */
const PROBE_LEASE_MS = 2_500;

interface Tally {
  calls: number;
  bad: number;
}

/**
 * A circuit breaker for one dependency and isolate: numbers alone, as requests of an isolate may share nothing that waits.
 * Times are milliseconds since the epoch.
 */
export class Breaker {
  #young: Tally = { calls: 0, bad: 0 };
  #old: Tally = { calls: 0, bad: 0 };
  #youngSince = 0;
  #badInRow = 0;
  #openedAt: number | null = null;
  #probeUntil = 0;

  state(now: number): BreakerState {
    if (this.#openedAt === null) return "closed";
    const age = now - this.#openedAt;
    return age >= 0 && age < OPEN_MS ? "open" : "half-open";
  }

  /** Whether a call may be made now. Who gets `true` records how it ended. */
  tryEnter(now: number): boolean {
    const state = this.state(now);
    if (state !== "half-open") return state === "closed";
    if (this.#probeUntil > now && this.#probeUntil - now <= PROBE_LEASE_MS) return false;
    this.#probeUntil = now + PROBE_LEASE_MS;
    return true;
  }

  /** After a call of any kind; one that began before the breaker opened may end later. */
  record(now: number, isGood: boolean): void {
    if (this.#openedAt !== null) {
      if (this.state(now) === "half-open") this.#probed(now, isGood);
      return;
    }
    this.#turn(now);
    this.#young.calls++;
    if (!isGood) this.#young.bad++;
    this.#badInRow = isGood ? 0 : this.#badInRow + 1;
    const calls = this.#young.calls + this.#old.calls;
    const bad = this.#young.bad + this.#old.bad;
    const isBad = calls >= MIN_CALLS && bad / calls >= BAD_RATE;
    if (isBad || this.#badInRow >= BAD_ROW) this.#open(now);
  }

  #probed(now: number, isGood: boolean): void {
    if (!isGood) return this.#open(now);
    this.#probeUntil = 0;
    this.#openedAt = null;
    this.#reset(now);
  }

  #open(now: number): void {
    this.#openedAt = now;
    this.#probeUntil = 0;
  }

  #turn(now: number): void {
    const age = now - this.#youngSince;
    if (age >= 0 && age < HALF_WINDOW_MS) return;
    if (age < 0 || age >= 2 * HALF_WINDOW_MS) this.#reset(now);
    else {
      this.#old = this.#young;
      this.#young = { calls: 0, bad: 0 };
      this.#youngSince = now;
    }
  }

  #reset(now: number): void {
    this.#old = { calls: 0, bad: 0 };
    this.#young = { calls: 0, bad: 0 };
    this.#youngSince = now;
    this.#badInRow = 0;
  }
}

/** What a request may have to wait for. Reads and writes of the database fail apart: its readers may be where its writer is not. */
export const DEPENDENCIES = [
  "database-read",
  "database-write",
  "kv",
  "edge-cache",
  "blobs",
  "queue",
] as const;
export type Dependency = (typeof DEPENDENCIES)[number];

export type Breakers = Readonly<Record<Dependency, Breaker>>;

export function newBreakers(): Breakers {
  const breaker = () => new Breaker();
  return {
    "database-read": breaker(),
    "database-write": breaker(),
    kv: breaker(),
    "edge-cache": breaker(),
    blobs: breaker(),
    queue: breaker(),
  };
}

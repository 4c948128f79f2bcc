import { Demands } from "./demand.ts";
import type { Ask } from "./demand.ts";

export interface AdmissionBounds {
  /** Shares in use at once when nothing waits. */
  most: number;
  /** Below it the limit never falls: what one page asks for at once finds room on a slow machine too. */
  least: number;
  /** How long requests may wait on average for those beside them. */
  targetMs: number;
}

/** So many requests fit in the 128 MB of an isolate, twice with the reserve. The target is what nobody notices. */
export const ADMISSION_BOUNDS: AdmissionBounds = { most: 128, least: 24, targetMs: 30 };

/** `full`: there is no room for anybody; `share`: this tenant has had its part. */
export type Refusal = "full" | "share";

interface Held {
  shares: number;
  since: number;
}

const INTERVAL_MS = 100;
const GROWTH = 1.125;
/** What waits beside fewer waits for something else, as one long piece of work is; it is over by the next interval. */
const MANY = 8;
/** The most that is cut in one interval. */
const CUT = 0.25;
/** After a pause growth makes up for no more intervals. */
const LONGEST = 5;
/** Who asks for less than most finds room up to so many times the limit. */
const RESERVE = 2;
/** What is light and not done by then waits for a store, and takes nobody's time; the store's breaker bounds how many do. */
const LIGHT_LEASE_MS = 1_000;
/** From so many shares on a request holds memory, too. */
const HEAVY = 8;
/** A request that was cut off never leaves: what it holds is taken back. */
const LEASE_MS = 15_000;

/**
 * Who is worked on in one isolate, in shares of work: numbers alone, as requests of an isolate may share nothing that waits,
 * so that nobody queues here. The limit is cut in proportion while requests wait longer than the target for two intervals
 * on end, and grows by an eighth while they do not. Times are in milliseconds.
 */
export class Admission {
  readonly #bounds: AdmissionBounds;
  readonly #demands = new Demands();
  /** By ticket: the oldest first. */
  readonly #held = new Map<number, Held>();
  #limit: number;
  #inUse = 0;
  #tickets = 0;
  /** Since the last adjustment. */
  #lately = { waits: 0, waitedMs: 0, peak: 0, full: 0, admitted: 0 };
  #wasLate = false;
  #since = Number.NEGATIVE_INFINITY;

  constructor(bounds: AdmissionBounds = ADMISSION_BOUNDS) {
    this.#bounds = bounds;
    this.#limit = bounds.most;
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  get inUse(): number {
    return this.#inUse;
  }

  /** A ticket to leave with, or why there is none for this tenant now. */
  enter(now: number, tenant: string, { shares = 1, weight = 1 }: Partial<Ask> = {}): number | Refusal {
    this.#adjustAt(now);
    const { passes, isModest } = this.#demands.ask(now, tenant, { shares, weight });
    if (!passes) return "share";
    const limit = isModest ? this.#limit * RESERVE : this.#limit;
    if (!this.#fits(shares, limit)) this.#takeBack(now);
    if (!this.#fits(shares, limit)) {
      this.#lately.full += shares;
      return "full";
    }
    this.#lately.admitted += shares;
    this.#inUse += shares;
    this.#lately.peak = Math.max(this.#lately.peak, this.#inUse);
    const ticket = this.#tickets++;
    this.#held.set(ticket, { shares, since: now });
    return ticket;
  }

  /** `waitedMs`: how long the isolate was busy with what else had come by then. */
  leave(now: number, ticket: number, waitedMs: number): void {
    this.#release(ticket);
    this.#lately.waits++;
    this.#lately.waitedMs += waitedMs;
    this.#adjustAt(now);
  }

  /** What is alone always fits. */
  #fits(shares: number, limit: number): boolean {
    return this.#inUse === 0 || this.#inUse + shares <= limit;
  }

  #adjustAt(now: number): void {
    const age = now - this.#since;
    if (age < 0 || age >= INTERVAL_MS) this.#adjust(now, Math.min(LONGEST, Math.abs(age) / INTERVAL_MS));
  }

  #release(ticket: number): void {
    const held = this.#held.get(ticket);
    if (held === undefined) return;
    this.#held.delete(ticket);
    this.#inUse -= held.shares;
  }

  #takeBack(now: number): void {
    for (const [ticket, { shares, since }] of this.#held) {
      const age = now - since;
      if (age >= 0 && age < LIGHT_LEASE_MS) return;
      if (age < 0 || shares < HEAVY || age >= LEASE_MS) this.#release(ticket);
    }
  }

  /** `intervals`: so many have passed. */
  #adjust(now: number, intervals: number): void {
    const { most, least, targetMs } = this.#bounds;
    const { waits, waitedMs, peak, full, admitted } = this.#lately;
    const meanMs = waits === 0 ? 0 : waitedMs / waits;
    if (meanMs <= targetMs) this.#limit = Math.min(most, this.#limit * GROWTH ** intervals);
    const isLate = meanMs > targetMs && peak >= MANY;
    if (isLate && this.#wasLate)
      this.#limit = Math.max(least, Math.min(this.#limit, peak) * Math.max(CUT, targetMs / meanMs));
    this.#wasLate = isLate;
    this.#demands.adjust(now, { full, all: full + admitted, intervals });
    this.#lately = { waits: 0, waitedMs: 0, peak: this.#inUse, full: 0, admitted: 0 };
    this.#since = now;
  }
}

import { AppError } from "../domain/errors.ts";

const POLL_MS = 20;
const RETRY_AFTER_SECONDS = 5;
/** A job that has not been heard of for so long belongs to a request that was cut off, and runs no more. */
const JOB_LEASE_MS = 30_000;
const WAIT_LEASE_MS = 1_000;

interface Lease {
  bytes: number;
  /** Milliseconds since the epoch. */
  until: number;
}

/**
 * Shares an isolate's memory among its jobs, first come first served. Values only: whoever waits looks again every 20 ms,
 * as a promise of one request must not wake another; and leases end by themselves, as a request may be cut off anywhere.
 */
export class MemoryGate {
  readonly #budgetBytes: number;
  readonly #jobs = new Map<number, Lease>();
  readonly #waiting = new Map<number, Lease>();
  #lastNumber = 0;

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  /** What the jobs under way have been given. */
  get usedBytes(): number {
    return sumOf(this.#jobs);
  }

  /**
   * Waits until `bytes` are free, at most `waitMs`; the job's number. One that is larger than the budget gets its turn
   * when it is alone. Throws `unavailable` when the time is over.
   */
  async enter(bytes: number, waitMs: number): Promise<number> {
    const number = ++this.#lastNumber;
    for (let waitedMs = 0; !this.#admit(number, bytes); waitedMs += POLL_MS) {
      if (waitedMs >= waitMs) {
        this.#waiting.delete(number);
        const detail = "The memory for images is taken by others at the moment";
        throw new AppError("unavailable", { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return number;
  }

  /** The job is alive: to be called more often than every 30 s. */
  renew(number: number): void {
    const job = this.#jobs.get(number);
    if (job !== undefined) job.until = Date.now() + JOB_LEASE_MS;
  }

  leave(number: number): void {
    this.#jobs.delete(number);
  }

  #admit(number: number, bytes: number): boolean {
    const now = Date.now();
    dropOver(this.#jobs, now);
    dropOver(this.#waiting, now);
    const [first = number] = this.#waiting.keys();
    const isFree = this.#jobs.size === 0 || sumOf(this.#jobs) + bytes <= this.#budgetBytes;
    if (first === number && isFree) {
      this.#waiting.delete(number);
      this.#jobs.set(number, { bytes, until: now + JOB_LEASE_MS });
      return true;
    }
    this.#waiting.set(number, { bytes, until: now + WAIT_LEASE_MS });
    return false;
  }
}

function sumOf(leases: ReadonlyMap<number, Lease>): number {
  let bytes = 0;
  for (const lease of leases.values()) bytes += lease.bytes;
  return bytes;
}

function dropOver(leases: Map<number, Lease>, now: number): void {
  for (const [number, { until }] of leases) if (until < now) leases.delete(number);
}

import type { Breaker, Dependency } from "../../domain/breaker.ts";
import { OPEN_MS } from "../../domain/breaker.ts";
import { AppError } from "../../domain/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Metrics } from "../../ports/metrics.ts";

export interface GuardPolicy {
  /** One attempt takes no longer. */
  timeoutMs: number;
  /** A call that takes longer counts against the dependency, though it is answered. */
  slowMs: number;
}

/** A call is given up at its timeout; what it does may go on where the platform cannot cut it off. */
class LateError extends Error {
  override readonly name = "LateError";
}

const NAMES: Readonly<Record<Dependency, string>> = {
  "database-read": "The database does not answer",
  "database-write": "The database takes no writes",
  kv: "The key-value store does not answer",
  "edge-cache": "The data centre's cache does not answer",
  blobs: "The object store does not answer",
  queue: "The queue takes no jobs",
};

/** A second attempt waits a random part of this (full jitter), and is made only where the first has failed at once. */
const RETRY_WITHIN_MS = 100;
const QUICK_MS = 500;

export interface GuardParts {
  breaker: Breaker;
  clock: Clock;
  metrics: Metrics;
  policy: GuardPolicy;
}

export interface Call<T> {
  work: () => Promise<T>;
  /** Whether doing it twice is as good as doing it once. */
  isRepeatable?: boolean;
}

/**
 * Calls one dependency of one invocation: with a timeout, at most one retry, and not at all while the isolate's breaker is
 * open. What fails is `unavailable`; what `isOwn` names is the caller's own mistake and comes through.
 */
export class Guard {
  readonly #of: Dependency;
  readonly #breaker: Breaker;
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #policy: GuardPolicy;
  readonly #isOwn: (error: unknown) => boolean;

  constructor(
    of: Dependency,
    { breaker, clock, metrics, policy }: GuardParts,
    isOwn: (error: unknown) => boolean = isCallersMistake,
  ) {
    this.#of = of;
    this.#breaker = breaker;
    this.#clock = clock;
    this.#metrics = metrics;
    this.#policy = policy;
    this.#isOwn = isOwn;
  }

  async run<T>({ work, isRepeatable = false }: Call<T>): Promise<T> {
    this.enter();
    const started = performance.now();
    try {
      return await this.#attempt(work);
    } catch (error) {
      const isQuick = performance.now() - started < QUICK_MS && !(error instanceof LateError);
      const isWorthIt = (isRepeatable || neverBegan(error)) && isQuick && !this.#isOwn(error);
      if (!isWorthIt || !this.#breaker.tryEnter(this.#clock.now())) throw this.mapped(error);
      this.#metrics.count("call_retries", { dependency: this.#of });
      await pause(Math.random() * RETRY_WITHIN_MS);
      return await this.#attempt(work).catch((again: unknown) => {
        throw this.mapped(again);
      });
    }
  }

  /** Work of this process, which nothing can cut short. */
  runHere<T>(work: () => T): T {
    this.enter();
    try {
      const result = work();
      this.record(true);
      return result;
    } catch (error) {
      this.record(this.#isOwn(error));
      throw this.mapped(error);
    }
  }

  /** Throws while the breaker is open; else the caller records how the call ended. */
  enter(): void {
    if (!this.#breaker.tryEnter(this.#clock.now())) throw this.#unavailable(undefined);
  }

  record(isGood: boolean): void {
    const now = this.#clock.now();
    const before = this.#breaker.state(now);
    this.#breaker.record(now, isGood);
    const after = this.#breaker.state(now);
    if (before === after) return;
    this.#metrics.count("breaker_transitions", { breaker: this.#of, to: after });
  }

  mapped(error: unknown): unknown {
    return this.#isOwn(error) ? error : this.#unavailable(error);
  }

  /** A call counts once: as a failure as soon as it is slow, for what never answers must not look well until its timeout. */
  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    let isCounted = false;
    const onSlow = (): void => {
      isCounted = true;
      this.record(false);
    };
    try {
      const result = await within(work, this.#policy, onSlow);
      if (!isCounted) this.record(true);
      return result;
    } catch (error) {
      if (error instanceof LateError) this.#metrics.count("call_timeouts", { dependency: this.#of });
      if (!isCounted) this.record(this.#isOwn(error));
      throw error;
    }
  }

  #unavailable(cause: unknown): AppError {
    const isUnsure = this.#of === "database-write" && cause instanceof LateError;
    const detail = isUnsure ? "The database did not answer in time: the write may be done" : NAMES[this.#of];
    return new AppError("unavailable", { detail, retryAfterSeconds: OPEN_MS / 1_000 }, cause);
  }
}

function isCallersMistake(error: unknown): boolean {
  return error instanceof AppError || error instanceof RangeError || error instanceof TypeError;
}

/** Whether nothing can have been done: the connection was refused, or another held the lock when the work would have begun. */
function neverBegan(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    if (/^(?:ECONNREFUSED|SQLITE_BUSY)$/.test(code) || /connection refused/i.test(at.message)) return true;
  }
  return false;
}

async function within<T>(
  work: () => Promise<T>,
  { slowMs, timeoutMs }: GuardPolicy,
  onSlow: () => void,
): Promise<T> {
  if (!Number.isFinite(timeoutMs)) return work();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    // Where this process was busy, an answer may have come meanwhile: it is looked at first.
    const after = (ms: number, then: () => void): void => {
      timer = setTimeout(() => (timer = setTimeout(then, 0)), ms);
    };
    const giveUp = (): void => reject(new LateError(`No answer in ${timeoutMs} ms`));
    const slow = (): void => {
      onSlow();
      after(timeoutMs - slowMs, giveUp);
    };
    if (slowMs < timeoutMs) after(slowMs, slow);
    else after(timeoutMs, giveUp);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

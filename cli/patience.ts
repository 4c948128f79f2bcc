import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, NetworkError } from "./errors.ts";

export interface Patience {
  signal: AbortSignal;
  /** Told of each wait before another attempt. */
  onRetry: (reason: string, seconds: number) => void;
}

const MAX_ATTEMPTS = 8;
const MAX_WAIT_SECONDS = 60;

/** Tries again what can pass: no answer, 429 and 5xx, waiting as `Retry-After` asks, else longer each time. */
export async function patiently<T>(attempt: () => Promise<T>, { signal, onRetry }: Patience): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts >= MAX_ATTEMPTS || !canPass(error)) throw error;
      const seconds = waitSeconds(error, attempts);
      onRetry(error instanceof Error ? error.message : String(error), seconds);
      await sleep(seconds * 1_000, undefined, { signal });
    }
  }
}

function canPass(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.problem.status === 429 || error.problem.status >= 500);
}

function waitSeconds(error: unknown, attempts: number): number {
  const asked = error instanceof ApiError ? error.retryAfterSeconds : null;
  if (asked !== null) return Math.min(MAX_WAIT_SECONDS, asked + Math.random());
  return Math.min(MAX_WAIT_SECONDS, 0.5 * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2);
}

import { setTimeout as sleep } from "node:timers/promises";

export interface HealthOptions {
  url: string;
  signal: AbortSignal;
  /** Between two checks, and how long one may take. */
  everyMs?: number;
}

export const FAILURES = 3;

/** Resolves once `/healthz` has failed to answer three times in a row; never while it answers. Rejects when stopped. */
export async function untilUnhealthy({ url, signal, everyMs = 10_000 }: HealthOptions): Promise<void> {
  for (let failures = 0; failures < FAILURES;) {
    await sleep(everyMs, undefined, { signal });
    failures = (await isAnswering(url, everyMs, signal)) ? 0 : failures + 1;
  }
}

async function isAnswering(url: string, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    const answer = await fetch(`${url}/healthz`, { signal: limit });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

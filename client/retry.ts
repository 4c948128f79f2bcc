import { retryAfterSeconds } from "./errors.ts";

export interface RetryOptions {
  /** Tries after the first; 2 by default, 0 for none. */
  retries?: number;
  /** The longest wait in seconds that is still waited for; 30 by default. */
  maxWaitSeconds?: number;
  /** Waits; for tests. */
  wait?: (ms: number) => Promise<void>;
}

type Fetch = (request: Request) => Promise<Response>;

const IDEMPOTENT = new Set(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]);

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

function mayRepeat(request: Request): boolean {
  return IDEMPOTENT.has(request.method) || request.headers.has("idempotency-key");
}

/** Seconds until the next try: what the server says, else 0.5, 1, 2 … with jitter; `null` where there is none. */
function waitSeconds(response: Response, attempt: number, maxWaitSeconds: number): number | null {
  if (response.status !== 429 && response.status !== 503) return null;
  const seconds = retryAfterSeconds(response.headers) ?? 0.5 * 2 ** attempt * (0.5 + Math.random() / 2);
  return seconds <= maxWaitSeconds ? seconds : null;
}

/** Repeats requests that were refused for load (429, 503), when doing them twice is as good as once. */
export function retrying(fetch: Fetch, options: RetryOptions = {}): Fetch {
  const { retries = 2, maxWaitSeconds = 30, wait = sleep } = options;
  return async (request) => {
    const tries = mayRepeat(request) ? retries : 0;
    for (let attempt = 0; attempt < tries; attempt++) {
      const response = await fetch(request.clone());
      const seconds = waitSeconds(response, attempt, maxWaitSeconds);
      if (seconds === null) return response;
      await response.body?.cancel();
      await wait(seconds * 1_000);
    }
    return fetch(request);
  };
}

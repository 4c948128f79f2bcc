import { opsParams } from "../ops/query.ts";
import type { OpsQuery } from "../ops/query.ts";
import type { Contact, OpsState } from "../ops/view.ts";

const PERIOD_MS = 3_000;
const MAX_PERIOD_MS = 30_000;
/** Older than this is said to be. */
const LATE_MS = 10_000;
const LOST_AFTER = 2;

interface Following {
  query(): OpsQuery;
  show(state: OpsState): void;
  tell(contact: Contact): void;
  /** By the server's clock. */
  readAt: number;
}

/** Asks for the state again and again while the page is looked at, more seldom while there is no answer, and says how old it is. */
export function startFollowing({ query, show, tell, readAt }: Following): { now(): void } {
  let at = Date.now();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = new AbortController();
  let seen = readAt;

  async function tick(): Promise<void> {
    clearTimeout(timer);
    running.abort();
    const mine = new AbortController();
    running = mine;
    if (document.visibilityState !== "visible") return say();
    try {
      const state = await read(query(), AbortSignal.any([mine.signal, AbortSignal.timeout(PERIOD_MS * 3)]));
      if (mine.signal.aborted) return;
      failures = 0;
      at = Date.now();
      // An answer that was overtaken on its way is no news.
      if (state.now >= seen) show(state);
      seen = Math.max(seen, state.now);
    } catch {
      if (mine.signal.aborted) return;
      failures++;
    }
    say();
    timer = setTimeout(() => void tick(), Math.min(MAX_PERIOD_MS, PERIOD_MS * 2 ** failures));
  }

  function say(): void {
    const ageMs = Date.now() - at;
    const isHidden = document.visibilityState !== "visible";
    const state = isHidden
      ? "paused"
      : failures >= LOST_AFTER
        ? "lost"
        : ageMs > LATE_MS || failures > 0
          ? "late"
          : "live";
    tell({ ageMs, state });
  }

  document.addEventListener("visibilitychange", () => void tick());
  addEventListener("online", () => void tick());
  addEventListener("offline", () => {
    failures = LOST_AFTER;
    say();
  });
  setInterval(say, 1_000);
  timer = setTimeout(() => void tick(), PERIOD_MS);
  say();
  return { now: () => void tick() };
}

async function read(query: OpsQuery, signal: AbortSignal): Promise<OpsState> {
  const response = await fetch(`/ops/live?${opsParams(query)}`, {
    signal,
    headers: { Accept: "application/json" },
  });
  // The session has ended: the page leads to where a new one begins.
  if (response.status === 401) location.reload();
  if (!response.ok) throw new Error(`The answer is ${response.status}`);
  return (await response.json()) as OpsState; // Our own deployment's.
}

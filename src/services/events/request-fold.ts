import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import type { Job } from "../../ports/jobs.ts";

export type FoldRequestDeps = Pick<Deps, "clock" | "isolate" | "jobs" | "lifetime" | "log">;

const WINDOW_MS = 1_000;
const ENTRY_BYTES = 100;

export function foldJob(deps: Pick<Deps, "clock">, org: number): Job {
  return { id: newId("job", deps.clock), kind: "events.fold", payload: { org } };
}

/**
 * Sends, after the response, a job that folds in what is pending of an organisation. Within a second of one, an isolate
 * sends only one more, a second later, which does for all that comes meanwhile. What is not sent, the tick finds.
 */
export function requestFold(deps: FoldRequestDeps, org: number): void {
  const { cache } = deps.isolate;
  const key = `events:fold:${org}`;
  const now = deps.clock.now();
  const coveredUntil = cache.get(key)?.storedAt ?? -Infinity;
  // A clock that went back must not silence an organisation.
  if (now < coveredUntil && coveredUntil - now <= WINDOW_MS) return;
  const delaySeconds = Math.abs(now - coveredUntil) < WINDOW_MS ? 1 : 0;
  cache.set(key, null, ENTRY_BYTES, delaySeconds === 0 ? now : now + WINDOW_MS);
  const sent = deps.jobs.send([foldJob(deps, org)], delaySeconds);
  deps.lifetime.defer(
    sent.catch((error: unknown) => {
      cache.delete(key);
      deps.log.warn("fold_not_requested", { org, error: String(error) });
    }),
  );
}

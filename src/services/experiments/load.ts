import { experimentsOf } from "../../db/queries/experiment-config.ts";
import type { Deps } from "../../deps.ts";
import { adoptExperiments } from "./compile.ts";

const CHECK_MS = 5_000;
const LEASE_MS = 10_000;

/**
 * For answers that do not search: has what the isolate knows brought up to date after the response, where it is older than five
 * seconds. A search learns of it with the index's state, so that neither waits for it.
 */
export function refreshExperiments(deps: Pick<Deps, "db" | "isolate" | "clock" | "lifetime" | "log">): void {
  const state = deps.isolate.experiments;
  const now = deps.clock.now();
  if (now - state.checkedAt < CHECK_MS || state.leaseUntil > now) return;
  state.leaseUntil = now + LEASE_MS;
  deps.lifetime.defer(
    loadLater(deps).catch((error: unknown) => {
      deps.log.warn("experiments_not_read", { error: String(error) });
    }),
  );
}

/** The answer is finished in this turn of the event loop: what comes in the next is no part of what it cost. */
async function loadLater(deps: Pick<Deps, "db" | "isolate" | "clock">): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  await loadExperiments(deps);
}

export async function loadExperiments(deps: Pick<Deps, "db" | "isolate" | "clock">): Promise<void> {
  const state = deps.isolate.experiments;
  try {
    adoptExperiments(state, await experimentsOf(deps.db, state.version));
    state.checkedAt = deps.clock.now();
  } finally {
    state.leaseUntil = 0;
  }
}

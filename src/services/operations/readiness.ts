import type { Deps } from "../../deps.ts";
import { oldestUnsentJob } from "../../db/queries/readiness.ts";
import { currentSnapshot } from "../search/current.ts";

/** A job that waits longer than this for the queue means that the relay does not get through. */
const QUEUE_LATE_MS = 300_000;

export interface Check {
  ok: boolean;
  ms: number;
}

export interface Readiness {
  /** Whether requests can be served: the database answers and an index is there. */
  ready: boolean;
  checks: { database: Check; index: Check & { version: string | null }; queue: Check };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T | null; error: unknown; ms: number }> {
  const started = performance.now();
  const spent = () => Math.round((performance.now() - started) * 100) / 100;
  try {
    return { value: await work(), error: null, ms: spent() };
  } catch (error) {
    return { value: null, error, ms: spent() };
  }
}

/** Looks at what serving needs. A late queue is told, but is no reason to take the deployment out of service. */
export async function checkReadiness(
  deps: Pick<Deps, "db" | "blobs" | "isolate" | "clock" | "log" | "lifetime" | "jobs">,
): Promise<Readiness> {
  const [oldest, index] = await Promise.all([
    timed(async () => ({ createdAt: await oldestUnsentJob(deps.db) })),
    timed(() => currentSnapshot(deps)),
  ]);
  for (const { error } of [oldest, index]) {
    if (error !== null) deps.log.warn("readiness check failed", { error: String(error) });
  }
  const createdAt = oldest.value?.createdAt ?? deps.clock.now();
  const checks = {
    database: { ok: oldest.value !== null, ms: oldest.ms },
    index: { ok: index.value !== null, ms: index.ms, version: index.value?.version ?? null },
    queue: { ok: oldest.value !== null && deps.clock.now() - createdAt < QUEUE_LATE_MS, ms: oldest.ms },
  };
  return { ready: checks.database.ok && checks.index.ok, checks };
}

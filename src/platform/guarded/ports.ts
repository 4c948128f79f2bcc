import type { Deps } from "../../deps.ts";
import { GuardedBlobs } from "./blobs.ts";
import { GuardedEdgeCache } from "./edge-cache.ts";
import type { Guarding } from "./guards.ts";
import { GuardedJobs } from "./jobs.ts";
import { GuardedKv } from "./kv.ts";

export type RawPorts = Pick<Deps, "kv" | "edgeCache" | "blobs" | "jobs">;

/** The stores of one invocation, each behind its timeout, retry and breaker. */
export function guardPorts({ kv, edgeCache, blobs, jobs }: RawPorts, guarding: Guarding): RawPorts {
  return {
    kv: new GuardedKv(kv, guarding),
    edgeCache: new GuardedEdgeCache(edgeCache, guarding),
    blobs: new GuardedBlobs(blobs, guarding),
    jobs: new GuardedJobs(jobs, guarding),
  };
}

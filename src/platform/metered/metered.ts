import type { Deps } from "../../deps.ts";
import type { Receipt } from "../../ports/receipt.ts";
import { MeteredBlobs } from "./blobs.ts";
import { MeteredEdgeCache } from "./edge-cache.ts";
import { MeteredJobs } from "./jobs.ts";
import { MeteredKv } from "./kv.ts";

export type MeteredPorts = Pick<Deps, "kv" | "edgeCache" | "blobs" | "jobs">;

/** The ports that cost something an operation, as one invocation has them: each counts into its receipt. */
export function metered({ kv, edgeCache, blobs, jobs }: MeteredPorts, receipt: Receipt): MeteredPorts {
  return {
    kv: new MeteredKv(kv, receipt),
    edgeCache: new MeteredEdgeCache(edgeCache, receipt),
    blobs: new MeteredBlobs(blobs, receipt),
    jobs: new MeteredJobs(jobs, receipt),
  };
}

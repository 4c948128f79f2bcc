import type { Metrics } from "../../ports/metrics.ts";
import { COUNTED_OPERATIONS } from "../../ports/receipt.ts";
import type { Receipt } from "../../ports/receipt.ts";

/** Counts what an invocation has spent up to now: its looks into caches, operations and rows. */
export function recordReceipt(metrics: Metrics, receipt: Receipt): void {
  for (const { name, tier, isStale } of receipt.lookups) {
    const outcome = tier === "fill" ? "miss" : isStale ? "stale" : "hit";
    metrics.count("cache_lookups", { namespace: name, tier, outcome });
  }
  for (const [operation, of] of COUNTED_OPERATIONS)
    if (receipt[of] > 0) metrics.count("platform_operations", { operation }, receipt[of]);
  if (receipt.rowsRead > 0) metrics.count("db_rows", { operation: "read" }, receipt.rowsRead);
  if (receipt.rowsWritten > 0) metrics.count("db_rows", { operation: "written" }, receipt.rowsWritten);
}

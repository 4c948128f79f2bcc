import type { OpsMetrics } from "./view.ts";

/** Rows that statements gave or wrote, of requests and jobs. */
export function rowsOf({ counters }: OpsMetrics, operation: "read" | "written"): number {
  return counters
    .filter(({ name, labels }) => name === "db_rows" && labels.operation === operation)
    .reduce((sum, { value }) => sum + value, 0);
}

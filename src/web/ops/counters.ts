import type { OtherFigure } from "../../domain/metrics/overview.ts";
import type { OpsMetrics } from "./view.ts";

/** A counter's sum over all its labels but those that are given. */
export function sumOf({ counters }: OpsMetrics, name: string, labels: OtherFigure["labels"] = {}): number {
  const wanted = Object.entries(labels);
  return counters
    .filter((one) => one.name === name && wanted.every(([label, value]) => one.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

/** Rows that statements gave or wrote, of requests and jobs. */
export function rowsOf(metrics: OpsMetrics, operation: "read" | "written"): number {
  return sumOf(metrics, "db_rows", { operation });
}

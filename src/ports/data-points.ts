import type { DataPoint } from "../domain/metrics/data-point.ts";

/**
 * Takes one point for each request and job. Synchronous and without waiting; never throws. A point may be sampled away or
 * lost, and texts and numbers past the store's limits are cut.
 */
export interface DataPoints {
  write(point: DataPoint): void;
}

import type { DataPoint } from "../../domain/metrics/data-point.ts";
import type { DataPoints } from "../../ports/data-points.ts";

/** Points kept in memory, to be looked at. */
export class MemoryDataPoints implements DataPoints {
  readonly points: DataPoint[] = [];

  write(point: DataPoint): void {
    this.points.push(point);
  }
}

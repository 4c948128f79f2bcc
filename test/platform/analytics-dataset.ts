import type { DataPoint } from "../../src/domain/metrics/data-point.ts";

interface Given {
  indexes?: (ArrayBuffer | string | null)[];
  blobs?: (ArrayBuffer | string | null)[];
  doubles?: number[];
}

function bytesOf(value: ArrayBuffer | string | null): number {
  return typeof value === "string" ? new TextEncoder().encode(value).length : (value?.byteLength ?? 0);
}

/** A dataset that keeps its points, and refuses what is past Cloudflare's limits of Analytics Engine. */
export class StrictDataset {
  readonly points: DataPoint[] = [];

  writeDataPoint({ indexes = [], blobs = [], doubles = [] }: Given = {}): void {
    const [index] = indexes;
    if (indexes.length !== 1 || bytesOf(index) > 96) throw new TypeError("One index of at most 96 bytes");
    if (blobs.length > 20 || doubles.length > 20) throw new TypeError("At most 20 blobs and 20 doubles");
    if (blobs.reduce((sum, blob) => sum + bytesOf(blob), 0) > 16_384)
      throw new TypeError("At most 16 KB of blobs");
    if (!doubles.every(Number.isFinite)) throw new TypeError("Doubles are numbers");
    this.points.push({ index: String(index), texts: blobs.map(String), numbers: [...doubles] });
  }
}

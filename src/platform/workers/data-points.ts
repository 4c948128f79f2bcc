import type { DataPoint } from "../../domain/metrics/data-point.ts";
import type { DataPoints } from "../../ports/data-points.ts";
import type { Log } from "../../ports/log.ts";

// Of one point, by Cloudflare's limits of Analytics Engine: one index of 96 bytes, 20 blobs of 16 KB in all, 20 doubles.
const MAX_INDEX_BYTES = 96;
const MAX_COLUMNS = 20;
/** What 20 texts of this length stay below in all. */
const MAX_TEXT_BYTES = 800;

/** What is used of a dataset's binding. */
interface Dataset {
  writeDataPoint(point: { indexes: string[]; blobs: string[]; doubles: number[] }): void;
}

/** Analytics Engine, which the platform writes to after the response. */
export class WorkersDataPoints implements DataPoints {
  readonly #dataset: Dataset;
  readonly #log: Log;

  constructor(dataset: Dataset, log: Log) {
    this.#dataset = dataset;
    this.#log = log;
  }

  write({ index, texts, numbers }: DataPoint): void {
    try {
      this.#dataset.writeDataPoint({
        indexes: [cut(index, MAX_INDEX_BYTES)],
        blobs: texts.slice(0, MAX_COLUMNS).map((text) => cut(text, MAX_TEXT_BYTES)),
        doubles: numbers.slice(0, MAX_COLUMNS).map((value) => (Number.isFinite(value) ? value : 0)),
      });
    } catch (error) {
      this.#log.warn("data_point_not_written", { error: String(error) });
    }
  }
}

/** The longest beginning of at most `bytes` in UTF-8 that cuts no character. */
function cut(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}

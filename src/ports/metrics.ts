import type { MetricsFlush } from "../domain/metrics/flush.ts";
import type { MetricsOverview } from "../domain/metrics/overview.ts";
import type { SeriesData } from "../domain/metrics/series-set.ts";
import type { CounterName, GaugeName, HistogramName, LabelsOf } from "../domain/metrics/table.ts";

/**
 * Collects in the isolate: synchronous, about a microsecond, without I/O. Never throws; what finds no room is counted as
 * dropped. Metrics are those of `src/domain/metrics/table.ts`: a new one is a line there.
 */
export interface Metrics {
  count<N extends CounterName>(name: N, labels: LabelsOf<N>, by?: number): void;
  /** Times in milliseconds. */
  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, value: number): void;
  /** The isolate's present value, `null` where it has none any more; it goes with the isolate. */
  gauge<N extends GaugeName>(name: N, labels: LabelsOf<N>, value: number | null): void;
  /** One round trip by the text of its statements, with places instead of values. */
  statement(text: string, spent: { ms: number; rows: number; isFailed: boolean }): void;
}

/** What has come in since `since`, which may be reset to 0 when the hub loses its memory. */
export interface MetricsTotals {
  /** Milliseconds since the epoch. */
  since: number;
  isolates: number;
  series: SeriesData;
  /** Of all isolates together. */
  gauges: [string, number][];
}

/**
 * Where the metrics of all isolates come together. Nothing of a request depends on it: failures throw, and whoever calls
 * goes on without it.
 */
export interface MetricsHub {
  /** How long a flush waits for more to come; 0 where pushing costs nothing. */
  readonly waitMs: number;
  /** Counts a flush once, however often it comes. */
  push(flush: MetricsFlush): Promise<void>;
  totals(): Promise<MetricsTotals>;
  /** The minutes from `since` to `until`, as far as they are kept (three hours). */
  overview(range: { since: number; until: number }): Promise<MetricsOverview>;
}

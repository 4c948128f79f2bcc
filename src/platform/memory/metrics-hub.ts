import type { MetricsFlush } from "../../domain/metrics/flush.ts";
import type { MetricsOverview } from "../../domain/metrics/overview.ts";
import { MetricsStore } from "../../domain/metrics/store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetricsHub, MetricsTotals } from "../../ports/metrics.ts";

/** The metrics of one process, in its memory: they begin with it. */
export class MemoryMetricsHub implements MetricsHub {
  readonly waitMs = 0;
  readonly #store: MetricsStore;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#store = new MetricsStore(clock.now());
  }

  async push(flush: MetricsFlush): Promise<void> {
    this.#store.push(flush, this.#clock.now());
  }

  async totals(): Promise<MetricsTotals> {
    return this.#store.totals(this.#clock.now());
  }

  async overview(range: { since: number; until: number }): Promise<MetricsOverview> {
    return this.#store.overview(range, this.#clock.now());
  }
}

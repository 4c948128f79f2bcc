import type { MetricsFlush } from "../../domain/metrics/flush.ts";
import type { MetricsOverview } from "../../domain/metrics/overview.ts";
import type { MetricsHub, MetricsTotals } from "../../ports/metrics.ts";

/** An isolate hands over at most once in this time, by a call after a response. */
const WAIT_MS = 2_000;
const NAME = "metrics";

/** What the object answers over RPC. */
export type MetricsRemote = Omit<MetricsHub, "waitMs">;

/** The Durable Object that `METRICS` binds. Without the binding every call fails, which costs nobody a request. */
export class WorkersMetricsHub implements MetricsHub {
  readonly waitMs = WAIT_MS;
  readonly #namespace: DurableObjectNamespace | undefined;

  constructor(namespace: DurableObjectNamespace | undefined) {
    this.#namespace = namespace;
  }

  async push(flush: MetricsFlush): Promise<void> {
    await this.#remote().push(flush);
  }

  async totals(): Promise<MetricsTotals> {
    return this.#remote().totals();
  }

  async overview(range: { since: number; until: number }): Promise<MetricsOverview> {
    return this.#remote().overview(range);
  }

  #remote(): MetricsRemote {
    if (this.#namespace === undefined)
      throw new Error("The binding METRICS is missing: wrangler.toml has it");
    const stub: unknown = this.#namespace.get(this.#namespace.idFromName(NAME));
    // Sound: the binding's class is MetricsObject, which implements this; RPC's own types lose tuples.
    return stub as MetricsRemote;
  }
}

import { DurableObject } from "cloudflare:workers";
import type { MetricsFlush } from "../../domain/metrics/flush.ts";
import type { MetricsOverview } from "../../domain/metrics/overview.ts";
import type { MetricsStore } from "../../domain/metrics/store.ts";
import type { MetricsTotals } from "../../ports/metrics.ts";
import type { WorkersEnv } from "./env.ts";
import type { MetricsRemote } from "./metrics-hub.ts";
import { MetricsTables } from "./metrics-tables.ts";

/** Between two writings: what came since is lost where the object ends by a crash. An idle object lives longer. */
const KEEP_MS = 5_000;

/** The one place where the metrics of all isolates come together. */
export class MetricsObject extends DurableObject<WorkersEnv> implements MetricsRemote {
  readonly #tables: MetricsTables;
  readonly #store: MetricsStore;
  #keepsAt: number | null = null;

  constructor(state: DurableObjectState, env: WorkersEnv) {
    super(state, env);
    this.#tables = new MetricsTables(state.storage.sql);
    this.#store = this.#tables.load(Date.now());
  }

  async push(flush: MetricsFlush): Promise<void> {
    const now = Date.now();
    if (!this.#store.push(flush, now) || this.#keepsAt !== null) return;
    this.#keepsAt = now + KEEP_MS;
    await this.ctx.storage.setAlarm(this.#keepsAt);
  }

  async totals(): Promise<MetricsTotals> {
    return this.#store.totals(Date.now());
  }

  async overview(range: { since: number; until: number }): Promise<MetricsOverview> {
    return this.#store.overview(range, Date.now());
  }

  override async alarm(): Promise<void> {
    this.#keepsAt = null;
    this.#tables.keep(this.#store.changes(), Date.now());
  }
}

import { MINUTE_MS, type MetricsFlush, type MinuteData } from "./flush.ts";
import { type MetricsOverview, otherFigures, overviewOf } from "./overview.ts";
import { type SeriesData, SeriesSet } from "./series-set.ts";
import { METRICS, seriesOf } from "./table.ts";

export const KEPT_MINUTES = 180;
const MAX_SERIES = 5_000;
const MAX_ISOLATES = 10_000;
/** An isolate that was not heard of for so long has ended: its gauges count no more. */
const ALIVE_MS = 300_000;
/** After this a flush that comes once more would count again; none waits so long. */
const FORGOTTEN_MS = 3_600_000;

export interface IsolateHeard {
  seq: number;
  startedAt: number;
  heardAt: number;
  gauges: [string, number][];
}

export interface Totals {
  since: number;
  isolates: number;
  series: SeriesData;
  gauges: [string, number][];
}

/** A store as plain data; of its minutes those that changed since the last one. */
export interface StoreState {
  since: number;
  totals: SeriesData;
  isolates: [string, IsolateHeard][];
  minutes: MinuteData[];
}

/** All isolates' metrics: sums since the beginning, and the minutes of the last three hours. Bounded in series and isolates. */
export class MetricsStore {
  readonly #minutes = new Map<number, SeriesSet>();
  readonly #totals = new SeriesSet(MAX_SERIES);
  readonly #isolates = new Map<string, IsolateHeard>();
  readonly #since: number;
  readonly #changed = new Set<number>();

  constructor(since: number) {
    this.#since = since;
  }

  static restore({ since, totals, isolates, minutes }: StoreState): MetricsStore {
    const store = new MetricsStore(since);
    store.#totals.merge(totals);
    for (const [id, heard] of isolates) store.#isolates.set(id, heard);
    for (const { minute, ...series } of minutes) {
      store.#minutes.set(minute, SeriesSet.decode(series, MAX_SERIES));
    }
    return store;
  }

  /** What to keep, so that `restore` goes on from here: each minute is given once for each change. */
  changes(): StoreState {
    const minutes = [...this.#changed].flatMap((minute) => {
      const set = this.#minutes.get(minute);
      return set === undefined ? [] : [{ minute, ...set.encode() }];
    });
    this.#changed.clear();
    return {
      since: this.#since,
      totals: this.#totals.encode(),
      isolates: [...this.#isolates],
      minutes,
    };
  }

  /** `false` where the flush has been counted before. */
  push(flush: MetricsFlush, now: number): boolean {
    const { isolate, seq, startedAt, gauges } = flush;
    const before = this.#isolates.get(isolate);
    if (before !== undefined && before.seq >= seq) return false;
    this.#isolates.delete(isolate);
    this.#isolates.set(isolate, { seq, startedAt, heardAt: now, gauges });
    for (const minute of flush.minutes) this.#add(minute, now);
    this.#forget(now);
    return true;
  }

  totals(now: number): Totals {
    const alive = this.#alive(now);
    return {
      since: this.#since,
      isolates: alive.length,
      series: this.#totals.encode(),
      gauges: [...gaugesOf(alive)],
    };
  }

  overview(range: { since: number; until: number }, now: number): MetricsOverview {
    const last = Math.floor(range.until / MINUTE_MS);
    const first = Math.max(Math.floor(range.since / MINUTE_MS), last - KEPT_MINUTES + 1);
    const minutes = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
      this.#minutes.get(first + i),
    );
    const alive = this.#alive(now);
    const began = alive.map(({ startedAt }) => startedAt);
    return {
      ...overviewOf(minutes, { first, until: range.until }),
      isolates: { heard: alive.length, oldest_started_at: began.length > 0 ? Math.min(...began) : null },
      gauges: otherFigures([...gaugesOf(alive)]),
    };
  }

  /** Of a clock that is ahead, what comes counts in the present minute; what is too old for a minute, in the totals alone. */
  #add({ minute, ...series }: MinuteData, now: number): void {
    this.#totals.merge(series);
    const present = Math.floor(now / MINUTE_MS);
    const at = Math.min(minute, present);
    if (at <= present - KEPT_MINUTES) return;
    const set = this.#minutes.get(at) ?? new SeriesSet(MAX_SERIES);
    set.merge(series);
    this.#minutes.set(at, set);
    this.#changed.add(at);
  }

  #forget(now: number): void {
    const oldest = Math.floor(now / MINUTE_MS) - KEPT_MINUTES;
    for (const minute of this.#minutes.keys()) if (minute <= oldest) this.#minutes.delete(minute);
    for (const [isolate, { heardAt }] of this.#isolates) {
      if (heardAt > now - FORGOTTEN_MS && this.#isolates.size <= MAX_ISOLATES) break;
      this.#isolates.delete(isolate);
    }
  }

  #alive(now: number): IsolateHeard[] {
    return [...this.#isolates.values()].filter(({ heardAt }) => heardAt > now - ALIVE_MS);
  }
}

/** One value for all isolates, as the table says. */
function gaugesOf(isolates: readonly IsolateHeard[]): Map<string, number> {
  const together = new Map<string, number>();
  for (const [key, value] of isolates.flatMap(({ gauges }) => gauges)) {
    const before = together.get(key);
    together.set(key, before === undefined ? value : across(key, before, value));
  }
  return together;
}

function across(key: string, a: number, b: number): number {
  const series = seriesOf(key);
  const metric = series === null ? undefined : METRICS[series.name];
  const by = metric !== undefined && "across" in metric ? metric.across : "max";
  if (by === "sum") return a + b;
  return by === "min" ? Math.min(a, b) : Math.max(a, b);
}

import { newId } from "../ids.ts";
import type { Clock } from "../time.ts";
import { type MetricsFlush, MINUTE_MS } from "./flush.ts";
import { SeriesSet } from "./series-set.ts";
import { READ_CHARACTERS, statementName } from "./statement-text.ts";
import { type CounterName, type GaugeName, type HistogramName, keyOf, type LabelsOf } from "./table.ts";

const MAX_SERIES = 2_000;
const MAX_GAUGES = 200;
const MAX_TEXTS = 300;
/** Minutes kept while the hub is away; what is older is counted in the oldest of them. */
const MAX_MINUTES = 10;
/** A flush that has not come back by then was cut off with its request: the same goes again. */
const LEASE_MS = 30_000;

/** What an isolate has counted and not yet handed over. Values only: it is shared by all requests of the isolate. */
export class MetricsCollector {
  readonly #clock: Clock;
  /** Made at first use: a Worker has neither randomness nor the time while it is loaded. */
  #isolate: { id: string; startedAt: number } | null = null;
  #minutes = new Map<number, SeriesSet>();
  readonly #gauges = new Map<string, number>();
  readonly #names = new Map<string, string>();
  #pending: { flush: MetricsFlush; until: number } | null = null;
  #seq = 0;
  #flushedAt = -Infinity;
  readonly #complainedAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The isolate's id, and when it was first used. */
  get isolate(): { id: string; startedAt: number } {
    return (this.#isolate ??= { id: newId("iso", this.#clock), startedAt: this.#clock.now() });
  }

  count<N extends CounterName>(name: N, labels: LabelsOf<N>, by = 1): void {
    const set = this.#present();
    if (!set.count(keyOf(name, labels), by)) this.#drop(set);
  }

  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, value: number): void {
    const set = this.#present();
    if (!set.observe(keyOf(name, labels), value)) this.#drop(set);
  }

  gauge<N extends GaugeName>(name: N, labels: LabelsOf<N>, value: number | null): void {
    const key = keyOf(name, labels);
    if (value === null) this.#gauges.delete(key);
    else if (this.#gauges.has(key) || this.#gauges.size < MAX_GAUGES) this.#gauges.set(key, value);
  }

  statement(text: string, { ms, rows, isFailed }: { ms: number; rows: number; isFailed: boolean }): void {
    const set = this.#present();
    const spent = { trips: 1, totalMs: ms, worstMs: ms, rows, errors: isFailed ? 1 : 0 };
    if (!set.spend(this.#nameOf(text), spent)) this.#drop(set);
  }

  /** Whether something waits that no flush on its way has, and the last one began long enough ago. */
  isDue(intervalMs: number): boolean {
    const now = this.#clock.now();
    const isFree = this.#pending === null || now >= this.#pending.until;
    return isFree && this.#minutes.size > 0 && now - this.#flushedAt >= intervalMs;
  }

  /** Marks a flush as begun, so that others need not. */
  begin(): void {
    this.#flushedAt = this.#clock.now();
  }

  /** What to hand over: again the last, where its arrival is not known; `null` where there is nothing. */
  take(): MetricsFlush | null {
    const now = this.#clock.now();
    if (this.#pending !== null && now < this.#pending.until) return null;
    const flush = this.#pending?.flush ?? this.#cut();
    if (flush !== null) this.#pending = { flush, until: now + LEASE_MS };
    return flush;
  }

  /** A flush has arrived. */
  arrived(seq: number): void {
    if (this.#pending?.flush.seq === seq) this.#pending = null;
  }

  /** A flush has failed: it goes again, under its own number, with the next. */
  failed(seq: number): void {
    if (this.#pending?.flush.seq === seq) this.#pending.until = 0;
    this.count("metrics_flush_failures", {});
  }

  /** Whether to log a failure of `part`: once in `everyMs`. */
  mayComplain(part: "hub" | "collector", everyMs: number): boolean {
    const now = this.#clock.now();
    if (now - (this.#complainedAt.get(part) ?? -Infinity) < everyMs) return false;
    this.#complainedAt.set(part, now);
    return true;
  }

  #cut(): MetricsFlush | null {
    if (this.#minutes.size === 0) return null;
    const minutes = [...this.#minutes].map(([minute, set]) => ({ minute, ...set.encode() }));
    this.#minutes = new Map();
    const { id, startedAt } = this.isolate;
    return { isolate: id, seq: ++this.#seq, startedAt, minutes, gauges: [...this.#gauges] };
  }

  #present(): SeriesSet {
    const minute = Math.floor(this.#clock.now() / MINUTE_MS);
    const known = this.#minutes.get(minute);
    if (known !== undefined) return known;
    if (this.#minutes.size >= MAX_MINUTES) this.#mergeOldest();
    const set = new SeriesSet(MAX_SERIES);
    this.#minutes.set(minute, set);
    return set;
  }

  #mergeOldest(): void {
    const [[oldest, first], [, into]] = [...this.#minutes].sort(([a], [b]) => a - b);
    const dropped = into.add(first);
    if (dropped > 0) this.#drop(into, dropped);
    this.#minutes.delete(oldest);
  }

  /** In a full set too. */
  #drop(set: SeriesSet, series = 1): void {
    const key = keyOf("metrics_dropped", {});
    set.counters.set(key, (set.counters.get(key) ?? 0) + series);
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= MAX_TEXTS) this.#names.clear();
    const name = statementName(text);
    if (text.length <= READ_CHARACTERS) this.#names.set(text, name);
    return name;
  }
}

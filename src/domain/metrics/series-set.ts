import { Histogram, type HistogramData } from "./histogram.ts";

/** One statement's round trips; times in milliseconds. */
export interface StatementSpent {
  trips: number;
  totalMs: number;
  worstMs: number;
  /** That it gave and wrote. */
  rows: number;
  errors: number;
}

/** A set of series as plain data, by the keys of `keyOf`; statements by their text. */
export interface SeriesData {
  counters: [string, number][];
  histograms: [string, HistogramData][];
  statements: [string, StatementSpent][];
}

/** Series that a set takes up: those of another, or read from plain data. */
interface Addends {
  counters: Iterable<readonly [string, number]>;
  histograms: Iterable<readonly [string, Histogram]>;
  statements: Iterable<readonly [string, StatementSpent]>;
}

/** Counters, histograms and statements of some time, which add up with those of another. Bounded: see `isFull`. */
export class SeriesSet {
  readonly counters = new Map<string, number>();
  readonly histograms = new Map<string, Histogram>();
  readonly statements = new Map<string, StatementSpent>();
  readonly #maxSeries: number;

  constructor(maxSeries: number) {
    this.#maxSeries = maxSeries;
  }

  static decode(data: SeriesData, maxSeries: number): SeriesSet {
    const set = new SeriesSet(maxSeries);
    set.merge(data);
    return set;
  }

  /** Whether no new series is taken; those that are there go on. */
  get isFull(): boolean {
    return this.counters.size + this.histograms.size + this.statements.size >= this.#maxSeries;
  }

  /** `false` where there is no room for the series. */
  count(key: string, by: number): boolean {
    const before = this.counters.get(key);
    if (before === undefined && this.isFull) return false;
    this.counters.set(key, (before ?? 0) + by);
    return true;
  }

  observe(key: string, value: number): boolean {
    const histogram = this.#histogram(key);
    histogram?.add(value);
    return histogram !== undefined;
  }

  spend(statement: string, spent: StatementSpent): boolean {
    const before = this.statements.get(statement);
    if (before !== undefined) {
      before.trips += spent.trips;
      before.totalMs += spent.totalMs;
      before.worstMs = Math.max(before.worstMs, spent.worstMs);
      before.rows += spent.rows;
      before.errors += spent.errors;
      return true;
    }
    if (this.isFull) return false;
    this.statements.set(statement, { ...spent });
    return true;
  }

  /** As `add`, of plain data. */
  merge({ counters, histograms, statements }: SeriesData): number {
    const decoded = histograms.map(([key, data]) => [key, Histogram.decode(data)] as const);
    return this.add({ counters, histograms: decoded, statements });
  }

  /** What finds no room is left out; answers how many series that were. */
  add({ counters, histograms, statements }: Addends): number {
    let dropped = 0;
    for (const [key, by] of counters) if (!this.count(key, by)) dropped++;
    for (const [key, other] of histograms) {
      const histogram = this.#histogram(key);
      if (histogram === undefined) dropped++;
      else histogram.merge(other);
    }
    for (const [statement, spent] of statements) if (!this.spend(statement, spent)) dropped++;
    return dropped;
  }

  encode(): SeriesData {
    return {
      counters: [...this.counters],
      histograms: [...this.histograms].map(([key, histogram]) => [key, histogram.encode()]),
      statements: [...this.statements].map(([statement, spent]) => [statement, { ...spent }]),
    };
  }

  #histogram(key: string): Histogram | undefined {
    const known = this.histograms.get(key);
    if (known !== undefined || this.isFull) return known;
    const histogram = new Histogram();
    this.histograms.set(key, histogram);
    return histogram;
  }
}

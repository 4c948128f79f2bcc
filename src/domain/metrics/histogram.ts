/** Buckets to a doubling: their bounds are 2^(i/32), those of OpenTelemetry's exponential histograms at scale 5. */
const PER_DOUBLING = 32;
/** From 2^-10 to 2^24: of milliseconds a microsecond to four and a half hours. What lies beyond counts at the end. */
const LOWEST = -10 * PER_DOUBLING;
const HIGHEST = 24 * PER_DOUBLING;
const ROOM = 16;

/** A quantile is within this of the value that has that rank, relative to it: (√γ − 1) for γ = 2^(1/32). */
export const HISTOGRAM_ERROR = 2 ** (0.5 / PER_DOUBLING) - 1;

/** As plain data: of `buckets`, pairs of how many empty ones come before and the count. */
export interface HistogramData {
  count: number;
  sum: number;
  min: number;
  max: number;
  first: number;
  buckets: number[];
}

/**
 * Counts values in logarithmic buckets, at most 1,089 of them, after "DDSketch: a fast and fully-mergeable quantile sketch
 * with relative-error guarantees" (Masson, Rim, Lee, VLDB 2019). Merging histograms gives that of all their values, exactly.
 * Values are times or sizes: what is below 0 counts as 0, what is no number not at all.
 */
export class Histogram {
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = 0;
  /** The bucket of `#counts[0]`. */
  #first = 0;
  #counts: number[] = [];

  static decode({ count, sum, min, max, first, buckets }: HistogramData): Histogram {
    const histogram = new Histogram();
    histogram.#count = count;
    histogram.#sum = sum;
    histogram.#min = count === 0 ? Infinity : min;
    histogram.#max = max;
    let at = first;
    for (let i = 0; i + 1 < buckets.length; i += 2) {
      at += buckets[i];
      histogram.#add(at++, buckets[i + 1]);
    }
    return histogram;
  }

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** 0 where nothing is counted, as `max`. */
  get min(): number {
    return this.#count === 0 ? 0 : this.#min;
  }

  get max(): number {
    return this.#max;
  }

  add(value: number): void {
    if (Number.isNaN(value)) return;
    const held = Math.min(Math.max(value, 0), 2 ** (HIGHEST / PER_DOUBLING));
    this.#count++;
    this.#sum += held;
    if (held < this.#min) this.#min = held;
    if (held > this.#max) this.#max = held;
    this.#add(bucketOf(held), 1);
  }

  merge(other: Histogram): void {
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    other.#counts.forEach((count, i) => {
      if (count > 0) this.#add(other.#first + i, count);
    });
  }

  /**
   * The value of rank ⌈q·count⌉ within `HISTOGRAM_ERROR` of it (what is below 2^-10 within 2^-10), and never outside of what
   * was counted; `null` where nothing was.
   */
  quantile(q: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.min(this.#count, Math.max(1, Math.ceil(q * this.#count)));
    let seen = 0;
    const index = this.#counts.findIndex((count) => (seen += count) >= rank);
    const middle = 2 ** ((this.#first + index - 0.5) / PER_DOUBLING);
    return Math.min(this.#max, Math.max(this.#min, middle));
  }

  /** How many values are at most 2^`exponent`, exactly: the bound of a bucket. */
  countUpTo(exponent: number): number {
    const last = exponent * PER_DOUBLING - this.#first;
    let count = 0;
    for (let i = 0; i < this.#counts.length && i <= last; i++) count += this.#counts[i];
    return count;
  }

  encode(): HistogramData {
    const buckets: number[] = [];
    let empty = 0;
    for (const count of this.#counts) {
      if (count === 0) empty++;
      else {
        buckets.push(empty, count);
        empty = 0;
      }
    }
    // What precedes the first count is room to grow, which differs where the same values came in another order.
    const first = this.#first + (buckets[0] ?? 0);
    if (buckets.length > 0) buckets[0] = 0;
    return { count: this.#count, sum: this.#sum, min: this.min, max: this.max, first, buckets };
  }

  #add(bucket: number, count: number): void {
    const at = bucket - this.#first;
    if (at >= 0 && at < this.#counts.length) this.#counts[at] += count;
    else this.#grow(bucket, count);
  }

  #grow(bucket: number, count: number): void {
    if (this.#counts.length === 0) this.#first = bucket;
    const missing = this.#first - bucket;
    if (missing > 0) {
      const before = Math.min(missing + ROOM, this.#first - LOWEST);
      this.#counts = [...Array.from({ length: before }, () => 0), ...this.#counts];
      this.#first -= before;
    }
    while (this.#counts.length <= bucket - this.#first) this.#counts.push(0);
    this.#counts[bucket - this.#first] += count;
  }
}

/** The bucket (2^((i-1)/32), 2^(i/32)] that holds a value. */
function bucketOf(value: number): number {
  return Math.max(LOWEST, Math.ceil(Math.log2(value) * PER_DOUBLING));
}

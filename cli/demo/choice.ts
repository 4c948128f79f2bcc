import type { Random } from "./random.ts";

/** A weighted choice among items, by binary search over the sums of their weights. */
export class Choice<T> {
  readonly #items: readonly T[];
  readonly #sums: readonly number[];

  constructor(items: readonly T[], weightOf: (item: T, place: number) => number) {
    this.#items = items;
    let sum = 0;
    this.#sums = items.map((item, place) => (sum += weightOf(item, place)));
  }

  /** One of the first `among` items; of all by default. */
  pick(random: Random, among = this.#items.length): T {
    const target = random.next() * this.#sums[among - 1];
    let [low, high] = [0, among - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle] > target) high = middle;
      else low = middle + 1;
    }
    return this.#items[low];
  }
}

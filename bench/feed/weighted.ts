import type { Random } from "../random.ts";

/** Picks places of `weights` as often as they weigh. */
export function weightedPick(random: Random, weights: Float64Array): () => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (const [place, weight] of weights.entries()) sums[place] = total += weight;
  return () => {
    const wanted = random() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Fisher and Yates, in place. */
export function shuffle<T>(random: Random, values: T[] | Float64Array): void {
  const items = values as T[];
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}

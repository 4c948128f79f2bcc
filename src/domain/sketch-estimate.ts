/**
 * The cardinality that a HyperLogLog's registers stand for, by the improved raw estimator of Otmar Ertl, "New cardinality
 * estimation algorithms for HyperLogLog sketches" (2017, arXiv:1702.01284, algorithm 6): without bias from the
 * smallest counts to the largest, so that no table and no switch of methods is needed. `maxRank` is the largest value a
 * register may hold (q + 1 there).
 */
export function estimateOf(registers: Uint8Array, maxRank: number): number {
  const counts = new Float64Array(maxRank + 1);
  for (const rank of registers) counts[rank]++;
  const m = registers.length;
  let z = m * tau(1 - counts[maxRank] / m);
  for (let rank = maxRank - 1; rank >= 1; rank--) z = 0.5 * (z + counts[rank]);
  z += m * sigma(counts[0] / m);
  return (m * m) / (2 * Math.LN2 * z);
}

/** x + the sum over k of x^(2^k) 2^(k-1). */
function sigma(x: number): number {
  if (x === 1) return Infinity;
  let power = x;
  let y = 1;
  let sum = x;
  for (let before = -1; before !== sum;) {
    power *= power;
    before = sum;
    sum += power * y;
    y += y;
  }
  return sum;
}

/** (1 - x - the sum over k of (1 - x^(2^-k))^2 2^-k) / 3. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let root = x;
  let y = 1;
  let sum = 1 - x;
  for (let before = -1; before !== sum;) {
    root = Math.sqrt(root);
    before = sum;
    y *= 0.5;
    sum -= (1 - root) ** 2 * y;
  }
  return sum / 3;
}

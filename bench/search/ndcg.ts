/** What a grade is worth: `2^grade − 1` (Burges et al., 2005) or the grade itself (Järvelin and Kekäläinen, 2002). */
export type Gain = "exponential" | "linear";

function gainOf(grade: number, gain: Gain): number {
  return gain === "exponential" ? 2 ** grade - 1 : grade;
}

function discounted(grades: readonly number[], depth: number, gain: Gain): number {
  return grades.slice(0, depth).reduce((sum, grade, i) => sum + gainOf(grade, gain) / Math.log2(i + 2), 0);
}

/** NDCG at `depth`, 0 to 1; 0 for a query without any good document. */
export function ndcg(
  ids: readonly string[],
  grades: ReadonlyMap<string, number>,
  depth = 10,
  gain: Gain = "exponential",
): number {
  const ideal = discounted(
    [...grades.values()].toSorted((a, b) => b - a),
    depth,
    gain,
  );
  if (ideal === 0) return 0;
  const found = discounted(
    ids.map((id) => grades.get(id) ?? 0),
    depth,
    gain,
  );
  return found / ideal;
}

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { judgeCounts, judgeTimes, regressions } from "../../bench/gate/decision.ts";
import { PLANTS } from "../../bench/gate/planted.ts";
import { seeded } from "../../bench/random.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Ratios of 7 pairs of processes, 4 rounds each, that wander by `noise` around `ratio`. */
function forksOf(ratio: number, noise: number, seed: number): number[][] {
  const random = seeded(seed);
  const around = (centre: number) => centre * (1 + noise * (random() + random() - 1));
  return Array.from({ length: 7 }, () => {
    const pair = around(ratio);
    return Array.from({ length: 4 }, () => around(pair));
  });
}

function verdictOf(ratio: number, noise: number, seed = 1): string {
  const [{ verdict }] = judgeTimes(
    [{ scenario: "search", forks: forksOf(ratio, noise, seed), baseMs: 1 }],
    1.05,
  );
  return verdict;
}

describe("time at the gate", () => {
  test("a tenth more CPU is slower, a tenth less is faster", () => {
    expect([verdictOf(1.1, 0.03), verdictOf(0.9, 0.03)]).toEqual(["slower", "faster"]);
  });

  test("what lies below the threshold passes", () => {
    expect(verdictOf(1.02, 0.02)).toBe("same");
  });

  test("noise that could hide no change and any is no regression", () => {
    expect(verdictOf(1.08, 0.4)).toBe("same");
  });

  test("of 20 comparisons of a state with itself none alarms", () => {
    const alarms = Array.from({ length: 20 }, (_, seed) => verdictOf(1, 0.05, seed)).filter(
      (one) => one === "slower",
    );
    expect(alarms).toEqual([]);
  });
});

describe("counts at the gate", () => {
  const counts = (trips: number, steps = 100) => ({
    "feed page": { "database trips": trips, "database steps": steps },
  });
  const judged = (base: number, head: number, accepted = {}) =>
    regressions([], judgeCounts(counts(base), counts(head), accepted));

  test("one more round trip fails, as many or fewer pass", () => {
    expect(judged(8, 9)).toEqual(["feed page: database trips: 8 → 9"]);
    expect([...judged(8, 8), ...judged(8, 7)]).toEqual([]);
  });

  test("what is accepted passes up to its limit", () => {
    const accepted = { "feed page: database trips": { upTo: 9, reason: "A page shows suggestions" } };
    expect(judged(8, 9, accepted)).toEqual([]);
    expect(judged(8, 10, accepted)).toEqual(["feed page: database trips: 8 → 10"]);
  });

  test("steps of statements may grow by 2 %", () => {
    const found = (steps: number) => regressions([], judgeCounts(counts(8, 1_000), counts(8, steps), {}));
    expect(found(1_020)).toEqual([]);
    expect(found(1_021)).toEqual(["feed page: database steps: 1000 → 1021"]);
  });

  test("a count that the base does not have is new", () => {
    const found = judgeCounts({ "feed page": {} }, { "feed page": { "kv.get": 8 } }, {});
    expect(regressions([], found)).toEqual(["feed page: kv.get: 0 → 8"]);
  });
});

describe("planted regressions", () => {
  test.each(PLANTS)("$name: the sources have its place once", ({ file, find }) => {
    expect(readFileSync(`${ROOT}${file}`, "utf8").split(find)).toHaveLength(2);
  });
});

import { expect, test } from "vitest";
import { erfc, newcombe, ratioOf, sequenceFactor, splitTest, wilson } from "../../src/domain/confidence.ts";
import { mulberry32 } from "../../src/domain/random.ts";
import { NO_COUNTS, readingOf } from "../../src/services/experiments/reading.ts";
import type { ArmCounts } from "../../src/services/experiments/reading.ts";
import { bucketOf, edgesOf, quantileOf } from "../../src/domain/latency-histogram.ts";

function users(units: number, y: number): ArmCounts {
  return { ...NO_COUNTS, units, n: units, y, nn: units, yy: y, ny: y };
}

function read(control: ArmCounts, treatment: ArmCounts, unit: "user" | "query" = "user") {
  return readingOf({ control, treatment }, { unit, share: 0.5, asOf: 0 });
}

test("Wilson's and Newcombe's ranges are those of Newcombe's papers", () => {
  // Newcombe 1998 (two-sided confidence intervals for the single proportion), table I, method 3: 81 of 263.
  const one = wilson(81, 263);
  expect([one.low, one.high].map((x) => x.toFixed(4))).toEqual(["0.2553", "0.3662"]);
  // Newcombe 1998 (difference between independent proportions), table II, method 10: 56/70 - 48/80.
  const two = newcombe([48, 80], [56, 70]);
  expect([two.low, two.high].map((x) => x.toFixed(4))).toEqual(["0.0524", "0.3339"]);
});

test("the test of the split is the chi-square test", () => {
  // 3.841 is the 0.95 quantile of one degree of freedom; 10.828 that of 0.999.
  expect(erfc(Math.sqrt(3.841458820694124 / 2))).toBeCloseTo(0.05, 6);
  expect(erfc(Math.sqrt(10.827566170662733 / 2))).toBeCloseTo(0.001, 6);
  expect(splitTest(500, 500, 0.5)).toEqual({ chiSquare: 0, pValue: 1 });
  expect(read(users(5_000, 500), users(5_400, 540)).split.isMismatch).toBe(true);
  expect(read(users(5_000, 500), users(5_100, 510)).split.isMismatch).toBe(false);
});

test("a mismatch of the split makes the reading invalid, whatever it says", () => {
  const reading = read(users(5_000, 500), users(6_000, 900));
  expect(reading).toMatchObject({ verdict: "invalid", warnings: ["sample_ratio_mismatch"] });
});

test("nothing is read of few units", () => {
  expect(read(users(99, 30), users(120, 40))).toMatchObject({ difference: null, verdict: "too_few" });
  expect(read(NO_COUNTS, NO_COUNTS)).toMatchObject({ difference: null, lift: null, verdict: "too_few" });
});

test("an arm without any conversion has an error all the same", () => {
  const { difference } = read(users(200, 20), users(200, 0));
  expect(difference?.high).toBeGreaterThan(difference?.value ?? 0);
});

/** Looks after each hundred users of an arm; whether a range missed the true difference at any look, and at the last. */
function peek(random: () => number, rates: readonly [number, number], looks: number) {
  const counts: [number, number] = [0, 0];
  const missed = { sequence: false, fixed: false, fixedAtLast: false };
  let decidedAt: number | null = null;
  const truth = rates[1] - rates[0];
  for (let look = 1; look <= looks; look++) {
    for (const arm of [0, 1] as const) for (let i = 0; i < 100; i++) if (random() < rates[arm]) counts[arm]++;
    const reading = read(users(look * 100, counts[0]), users(look * 100, counts[1]));
    const { difference, fixedLook } = reading;
    if (difference === null || fixedLook === null) continue;
    const misses = ({ low, high }: { low: number; high: number }) => truth < low || truth > high;
    missed.sequence ||= misses(difference);
    missed.fixed ||= misses(fixedLook);
    missed.fixedAtLast = misses(fixedLook);
    if (decidedAt === null && reading.verdict === "treatment_better") decidedAt = look;
  }
  return { ...missed, decidedAt };
}

test("A/A: the sequence misses at any of 50 looks in at most 5 % of runs; a range for one look does in far more", () => {
  const random = mulberry32(11);
  const runs = Array.from({ length: 1_000 }, () => peek(random, [0.12, 0.12], 50));
  const share = (of: "sequence" | "fixed" | "fixedAtLast") =>
    runs.filter((run) => run[of]).length / runs.length;
  expect(share("sequence")).toBeLessThan(0.05);
  expect(share("fixed")).toBeGreaterThan(0.15);
  // Five standard deviations of a share of 1,000 runs.
  expect(share("fixedAtLast")).toBeLessThan(0.05 + 5 * Math.sqrt((0.05 * 0.95) / 1_000));
});

test("a planted lift of a quarter is found in nine of ten runs by 10,000 users an arm", () => {
  const random = mulberry32(12);
  const runs = Array.from({ length: 200 }, () => peek(random, [0.12, 0.15], 100));
  expect(runs.filter(({ decidedAt }) => decidedAt !== null).length / runs.length).toBeGreaterThan(0.9);
});

test("the range of the lift covers the true lift", () => {
  const random = mulberry32(13);
  const draw = (n: number, p: number) =>
    Array.from({ length: n }, () => random()).filter((x) => x < p).length;
  const missed = Array.from({ length: 1_000 }, () => {
    const { lift } = read(users(2_000, draw(2_000, 0.1)), users(2_000, draw(2_000, 0.13)));
    return lift === null || lift.low > 0.3 || lift.high < 0.3;
  }).filter(Boolean).length;
  expect(missed / 1_000).toBeLessThan(0.05);
});

/** Queries whose answers are alike: some have most of their answers opened, others none. */
function queries(random: () => number, units: number): ArmCounts {
  const sums = { ...NO_COUNTS, units };
  for (let i = 0; i < units; i++) {
    const n = 1 + Math.floor(20 * random() ** 3);
    const rate = random() < 0.3 ? 0.9 : 0.05;
    let y = 0;
    for (let j = 0; j < n; j++) if (random() < rate) y++;
    sums.n += n;
    sums.y += y;
    sums.nn += n * n;
    sums.yy += y * y;
    sums.ny += n * y;
  }
  return sums;
}

test("by query, answers of one query do not count as independent: A/A holds, and would not by answers", () => {
  const random = mulberry32(14);
  const runs = Array.from({ length: 1_000 }, () => {
    const [a, b] = [queries(random, 300), queries(random, 300)];
    const { difference } = read(a, b, "query");
    const byAnswers = newcombe([a.y, a.n], [b.y, b.n]);
    return {
      missed: difference === null || difference.low > 0 || difference.high < 0,
      missedByAnswers: byAnswers.low > 0 || byAnswers.high < 0,
    };
  });
  expect(runs.filter(({ missed }) => missed).length / runs.length).toBeLessThan(0.05);
  expect(runs.filter(({ missedByAnswers }) => missedByAnswers).length / runs.length).toBeGreaterThan(0.15);
});

test("the delta method gives the error of a plain share where each unit counts once", () => {
  const ratio = ratioOf({ units: 400, n: 400, y: 100, nn: 400, yy: 100, ny: 100 });
  expect(ratio?.error).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 399), 12);
});

test("the sequence is wider than a range for one look, and tightest about where it was tuned", () => {
  expect(sequenceFactor(5_000)).toBeGreaterThan(1.96);
  expect(sequenceFactor(5_000)).toBeLessThan(3.2);
  expect(sequenceFactor(5_000)).toBeLessThan(sequenceFactor(100));
  expect(sequenceFactor(5_000)).toBeLessThan(sequenceFactor(10_000_000));
});

test("latencies keep their median to 5 %", () => {
  const random = mulberry32(15);
  const all = Array.from({ length: 5_000 }, () => Math.exp(4 * random() - 1)).sort((a, b) => a - b);
  const counts = new Map<number, number>();
  for (const ms of all) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1);
  const buckets = [...counts]
    .map(([bucket, exposures]) => ({ bucket, exposures }))
    .sort((a, b) => a.bucket - b.bucket);
  expect(Math.abs(quantileOf(buckets, 0.5) / all[2_500] - 1)).toBeLessThan(0.05);
  for (const ms of [0, 0.005, 0.01, 1, 999]) {
    const [low, high] = edgesOf(bucketOf(ms));
    expect(ms >= low && ms <= high).toBe(true);
  }
});

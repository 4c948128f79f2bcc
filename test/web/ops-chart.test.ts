import { describe, expect, it } from "vitest";
import { clockTicks, logScale } from "../../src/web/ops/chart-model.ts";
import { bandPath, stepsPath } from "../../src/web/ops/paths.ts";
import { opsHref, parseOpsQuery } from "../../src/web/ops/query.ts";
import { millis, percentage, rate, span } from "../../src/web/ops/words.ts";

describe("the scale of latencies", () => {
  it("runs over whole decades, from foot to head", () => {
    const { ticks, place } = logScale([4, null, 87, 2_300]);
    expect(ticks).toEqual([1, 10, 100, 1_000, 10_000]);
    expect([place(1), place(100), place(10_000)]).toEqual([0, 0.5, 1]);
  });

  it("has steps between where one or two decades are all, and some decade where nothing was measured", () => {
    expect(logScale([12, 80]).ticks).toEqual([10, 20, 50, 100]);
    expect(logScale([null, null]).ticks).toEqual([1, 2, 5, 10, 20, 50, 100]);
  });

  it("opens no decade for what is just below a power of ten, and leaves it at the foot", () => {
    const { ticks, place } = logScale([0.99, 80]);
    expect(ticks[0]).toBe(1);
    expect(place(0.99)).toBe(0);
  });
});

describe("lines and bands", () => {
  const line = [{ x: 0, y: 1 }, { x: 10, y: 2 }, null, { x: 30, y: 4 }];

  it("break where nothing was measured; a lone minute is a dot", () => {
    expect(stepsPath(line)).toBe("M0 1L10 2M30 4h0");
  });

  it("fill what lies between two lines, where both go on", () => {
    const below = line.map((point) => (point === null ? null : { ...point, y: point.y + 5 }));
    expect(bandPath(line, below)).toBe("M0 1L10 2L10 7L0 6Z");
  });
});

it("labels round minutes alone, and no more than fit", () => {
  const from = Date.UTC(2026, 2, 31, 12, 3);
  const minutes = Array.from({ length: 60 }, (_, i) => ({
    at: from + i * 60_000,
    requests: 0,
    clientErrors: 0,
    serverErrors: 0,
    p50: null,
    p90: null,
    p99: null,
  }));
  const labels = clockTicks(minutes).map(({ label }) => label);
  expect(labels).toEqual(["12:10", "12:20", "12:30", "12:40", "12:50", "13:00"]);
});

it("takes what an address says, and nothing that it does not know", () => {
  const asked = parseOpsQuery(new URLSearchParams("minutes=15&sort=p99&route=GET+%2F&statements=all&x=1"));
  expect(opsHref(asked)).toBe("/ops?minutes=15&sort=p99&route=GET+%2F");
  expect(opsHref(parseOpsQuery(new URLSearchParams("sort=__proto__&minutes=60")))).toBe("/ops");
});

it("says numbers with as many digits as they are known by", () => {
  expect([0.424, 4.2, 42.4, 1_340, 61_000, null].map(millis)).toEqual([
    "0.42 ms",
    "4.2 ms",
    "42 ms",
    "1.3 s",
    "61 s",
    "–",
  ]);
  expect([0, 0.000_01, 0.0042, 0.125, 0.999_99, 1].map(percentage)).toEqual([
    "0 %",
    "< 0.01 %",
    "0.42 %",
    "12.5 %",
    "> 99.99 %",
    "100 %",
  ]);
  expect([0, 0.25, 3, 12.34, 1_204].map(rate)).toEqual(["0", "0.25", "3", "12.3", "1,204"]);
  expect([-5, 4_000, 200_000, 7_500_000, 5 * 86_400_000].map(span)).toEqual([
    "0 s",
    "4 s",
    "3 min",
    "2 h 5 min",
    "5 d",
  ]);
});

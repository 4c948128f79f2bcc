import { expect, test } from "vitest";
import { linearScale, logScale, numberText } from "../../bench/plots/scale.ts";
import { svg, text } from "../../bench/plots/svg.ts";

test("a logarithmic axis has whole decades around the values", () => {
  const { at, ticks } = logScale([0.39, 4_872], [100, 600]);
  expect(ticks).toEqual([0.1, 1, 10, 100, 1_000, 10_000]);
  expect([0.1, 10, 10_000].map((value) => Math.round(at(value)))).toEqual([100, 300, 600]);
});

test("a linear axis begins with 0 and ends with a round number above the most", () => {
  const { at, ticks } = linearScale(241, [0, 300]);
  expect(ticks).toEqual([0, 100, 200, 300]);
  expect(at(150)).toBe(150);
});

test("numbers are as short as they may be", () => {
  expect([0.389, 1.24, 55.4, 4_871.6].map(numberText)).toEqual(["0.39", "1.2", "55", "4,872"]);
});

test("names are text, whatever is in them", () => {
  const picture = svg({ width: 10, height: 10, description: 'p50 < "p99"' }, [text([0, 0], "R&D <b>")]);
  expect(picture).toContain("R&amp;D &lt;b>");
  expect(picture).toContain('aria-label="p50 &lt; &quot;p99&quot;"');
});

import { expect, test } from "vitest";
import { retryDelaySeconds } from "../../src/queue/retry.ts";

test("delays double up to their cap, and jitter takes at most half of one", () => {
  expect([1, 2, 3, 8, 9, 50].map((n) => retryDelaySeconds(n, () => 1))).toEqual([2, 4, 8, 256, 300, 300]);
  expect([1, 2, 3, 50].map((n) => retryDelaySeconds(n, () => 0))).toEqual([1, 2, 4, 150]);
});

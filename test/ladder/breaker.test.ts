import { describe, expect, test, vi } from "vitest";
import { Breaker } from "../../src/domain/breaker.ts";
import { Guard } from "../../src/platform/guarded/guard.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { MemoryClock } from "../../src/platform/memory/clock.ts";

function opened(at = 1_000): Breaker {
  const breaker = new Breaker();
  for (let i = 0; i < 4; i++) breaker.record(at, false);
  return breaker;
}

describe("a breaker", () => {
  test("needs four calls, half of them bad, within ten seconds", () => {
    const breaker = new Breaker();
    for (let i = 0; i < 3; i++) breaker.record(1_000, false);
    expect(breaker.state(1_000)).toBe("closed");
    breaker.record(12_000, false);
    expect(breaker.state(12_000)).toBe("closed");
    for (let i = 0; i < 5; i++) breaker.record(12_000, true);
    for (let i = 0; i < 3; i++) breaker.record(12_000, false);
    expect(breaker.state(12_000)).toBe("closed");
    breaker.record(12_000, false);
    expect(breaker.state(12_000)).toBe("open");
  });

  test("needs six bad ones in a row, whatever went well before", () => {
    const breaker = new Breaker();
    for (let i = 0; i < 500; i++) breaker.record(1_000, true);
    for (let i = 0; i < 5; i++) breaker.record(2_000, false);
    breaker.record(2_000, true);
    for (let i = 0; i < 5; i++) breaker.record(2_000, false);
    expect(breaker.state(2_000)).toBe("closed");
    breaker.record(2_000, false);
    expect(breaker.state(2_000)).toBe("open");
  });

  test("lets nothing through for a second, then one call at a time", () => {
    const breaker = opened();
    expect(breaker.tryEnter(1_999)).toBe(false);
    expect(breaker.tryEnter(2_000)).toBe(true);
    expect(breaker.tryEnter(2_000)).toBe(false);
    breaker.record(2_100, false);
    expect(breaker.tryEnter(3_099)).toBe(false);
    expect(breaker.tryEnter(3_100)).toBe(true);
    breaker.record(3_100, true);
    expect(breaker.state(3_100)).toBe("closed");
    expect([breaker.tryEnter(3_100), breaker.tryEnter(3_100)]).toEqual([true, true]);
  });

  test("is not held open by a probe that never ends, nor by a clock that was set back", () => {
    const breaker = opened();
    expect(breaker.tryEnter(2_000)).toBe(true);
    expect(breaker.tryEnter(4_499)).toBe(false);
    expect(breaker.tryEnter(4_500)).toBe(true);
    expect(opened(1_000_000).tryEnter(5)).toBe(true);
  });

  test("heeds late answers of before it opened neither way while nothing is let through", () => {
    const breaker = opened();
    breaker.record(1_500, true);
    expect(breaker.state(1_500)).toBe("open");
  });
});

test("what is silent counts as failing as soon as it is slow, and once", async () => {
  const clock = new MemoryClock(1_000);
  const breaker = new Breaker();
  const policy = { slowMs: 10, timeoutMs: 600_000 };
  const guard = new Guard("blobs", { breaker, clock, metrics: newIsolate().metrics, policy });
  const answers: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => answers.push(resolve));
  const calls = Array.from({ length: 4 }, () => guard.run({ work }));
  await vi.waitFor(() => expect(breaker.state(1_000)).toBe("open"));
  await expect(guard.run({ work })).rejects.toMatchObject({ code: "unavailable" });
  clock.set(2_000);
  for (const answer of answers) answer();
  await Promise.all(calls);
  expect(answers).toHaveLength(4);
  expect(breaker.state(2_000)).toBe("half-open");
});

import { describe, expect, test } from "vitest";
import { seeded } from "../../../bench/random.ts";
import { SpanBuffer, type Span } from "../../../src/domain/traces/span.ts";
import { isSampled, isSampledByRatio } from "../../../src/domain/traces/trace-context.ts";

const IDS = ids(4_000);

function ids(count: number): string[] {
  const random = seeded(11);
  const digit = () => Math.floor(random() * 16).toString(16);
  return Array.from({ length: count }, () => Array.from({ length: 32 }, digit).join(""));
}

const SPAN: Span = {
  traceId: "a",
  spanId: "b",
  parentId: null,
  name: "n",
  kind: "server",
  startMs: 0,
  endMs: 1,
  attributes: {},
  error: null,
};

describe("sampling by ratio", () => {
  test.each([0, 0.01, 0.25, 0.5, 1])("keeps %d of the traces", (ratio) => {
    const kept = IDS.filter((id) => isSampledByRatio(id, ratio)).length;
    const deviation = Math.sqrt(IDS.length * ratio * (1 - ratio));
    expect(Math.abs(kept - ratio * IDS.length)).toBeLessThanOrEqual(4 * deviation);
  });

  test("keeps at a higher ratio what a lower one keeps", () => {
    for (const id of IDS.filter((one) => isSampledByRatio(one, 0.1))) {
      expect(isSampledByRatio(id, 0.3)).toBe(true);
    }
  });

  test.each([
    ["00", false],
    ["01", true],
    ["02", false],
    ["03", true],
    ["ff", true],
  ])("reads the flags %s", (flags, sampled) => {
    expect(isSampled(flags)).toBe(sampled);
  });
});

describe("spans that wait", () => {
  test("are bounded, and what finds no room is told once", () => {
    const buffer = new SpanBuffer();
    for (let i = 0; i < 2_345; i++) buffer.add(SPAN);
    expect(buffer.take(10_000)).toHaveLength(2_000);
    expect([buffer.takeDropped(), buffer.takeDropped()]).toEqual([345, 0]);
  });

  test("are sent by one at a time, and by another where that one was cut off", () => {
    const buffer = new SpanBuffer();
    expect(buffer.takeTurn(0, 30)).toBe(false);
    buffer.add(SPAN);
    expect([buffer.takeTurn(0, 30), buffer.takeTurn(29, 30), buffer.takeTurn(30, 30)]).toEqual([
      true,
      false,
      true,
    ]);
    buffer.endTurn(100);
    expect([buffer.takeTurn(99, 30), buffer.takeTurn(100, 30)]).toEqual([false, true]);
  });
});

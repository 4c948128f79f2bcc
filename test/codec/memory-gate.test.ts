import { describe, expect, it, vi } from "vitest";
import { MemoryGate } from "../../src/codec/memory-gate.ts";

describe("the gate before memory", () => {
  it("lets in what fits and makes the rest wait for those inside", async () => {
    const gate = new MemoryGate(100);
    const first = await gate.enter(60, 0);
    const second = await gate.enter(40, 0);
    await expect(gate.enter(1, 0)).rejects.toMatchObject({
      code: "unavailable",
      facts: { retryAfterSeconds: 5 },
    });
    const third = gate.enter(50, 1_000);
    gate.leave(second);
    gate.leave(first);
    await third;
    expect(gate.usedBytes).toBe(50);
  });

  it("is first come, first served: small ones do not overtake a large one for ever", async () => {
    const gate = new MemoryGate(100);
    const inside = await gate.enter(50, 0);
    const order: string[] = [];
    const large = gate.enter(90, 5_000).then((job) => (order.push("large"), gate.leave(job)));
    const small = gate.enter(10, 5_000).then((job) => (order.push("small"), gate.leave(job)));
    gate.leave(inside);
    await Promise.all([large, small]);
    expect(order).toEqual(["large", "small"]);
  });

  it("lets in alone what is larger than all", async () => {
    const gate = new MemoryGate(100);
    const job = await gate.enter(500, 0);
    await expect(gate.enter(1, 0)).rejects.toMatchObject({ code: "unavailable" });
    gate.leave(job);
    await gate.enter(1, 0);
  });

  it("forgets jobs and waiters of requests that were cut off, but none that is alive", async () => {
    vi.useFakeTimers();
    try {
      const gate = new MemoryGate(100);
      const alive = await gate.enter(30, 0);
      await gate.enter(70, 0);
      // Its request is cut off while it waits: nothing of it runs any more.
      void gate.enter(50, Number.POSITIVE_INFINITY);
      vi.clearAllTimers();
      vi.setSystemTime(Date.now() + 20_000);
      gate.renew(alive);
      vi.setSystemTime(Date.now() + 20_000);
      await gate.enter(70, 0);
      await expect(gate.enter(1, 0)).rejects.toMatchObject({ code: "unavailable" });
    } finally {
      vi.useRealTimers();
    }
  });

  it("a waiter that gave up is not waited for", async () => {
    const gate = new MemoryGate(100);
    await gate.enter(50, 0);
    await expect(gate.enter(90, 0)).rejects.toMatchObject({ code: "unavailable" });
    await gate.enter(50, 0);
    expect(gate.usedBytes).toBe(100);
  });
});

import { describe, expect, test } from "vitest";
import { Admission } from "../../src/domain/admission.ts";
import { CAPACITY, playLoop, type Served } from "./loop.ts";

const SECONDS = 20;

function sumOf(served: Record<string, Served>, what: keyof Served): number {
  return Object.values(served).reduce((sum, one) => sum + one[what], 0);
}

describe("one thread under load", () => {
  test("answers everybody below its capacity", () => {
    const { a, b } = playLoop(
      [
        { tenant: "a", rate: CAPACITY * 0.4 },
        { tenant: "b", rate: CAPACITY * 0.4 },
      ],
      SECONDS,
    );
    expect(a.good).toBe(a.asked);
    expect(b.good).toBe(b.asked);
  });

  test("at three times its capacity answers in time nearly as many as it can at all", () => {
    const flood = [{ tenant: "a", rate: CAPACITY * 3 }];
    const best = CAPACITY * SECONDS;
    expect(playLoop(flood, SECONDS).a.good / best).toBeGreaterThan(0.8);
    expect(playLoop(flood, SECONDS, null).a.good / best).toBeLessThan(0.1);
  });

  test("answers who comes with little, however many others flood", () => {
    const noisy = ["a", "b", "c", "d"].map((tenant) => ({ tenant, rate: CAPACITY }));
    const { quiet, a, d } = playLoop([...noisy, { tenant: "quiet", rate: CAPACITY / 20 }], SECONDS);
    expect(quiet.good / quiet.asked).toBeGreaterThan(0.99);
    expect(a.good / a.asked).toBeLessThan(0.4);
    expect(Math.abs(a.good - d.good) / a.good).toBeLessThan(0.1);
  });

  test("leaves what a flood takes to those who are many and ask for little each", () => {
    const shoppers = Array.from({ length: 100 }, (_, i) => ({ tenant: `s${i}`, rate: CAPACITY / 200 }));
    const all = playLoop([...shoppers, { tenant: "noisy", rate: CAPACITY * 3 }], SECONDS);
    const [asked, good] = [sumOf(all, "asked"), sumOf(all, "good")];
    expect((good - all.noisy.good) / (asked - all.noisy.asked)).toBeGreaterThan(0.9);
    expect(all.noisy.good / all.noisy.asked).toBeLessThan(0.2);
  });

  test("gives who counts for sixteen as much as sixteen others", () => {
    const shoppers = Array.from({ length: 50 }, (_, i) => ({ tenant: `s${i}`, rate: CAPACITY / 25 }));
    const shop = { tenant: "shop", rate: CAPACITY, weight: 16 };
    const all = playLoop([...shoppers, shop], SECONDS);
    const others = (sumOf(all, "good") - all.shop.good) / shoppers.length;
    expect(all.shop.good / others).toBeGreaterThan(12);
    expect(all.shop.good / others).toBeLessThan(20);
  });

  test("takes a tenant's full load again after a flood", () => {
    const admission = new Admission();
    playLoop([{ tenant: "a", rate: CAPACITY * 3 }], 5, admission);
    expect(admission.limit).toBeLessThan(64);
    const { a } = playLoop([{ tenant: "a", rate: CAPACITY * 0.8 }], SECONDS, admission);
    expect(a.good / a.asked).toBeGreaterThan(0.98);
  });
});

describe("room", () => {
  const bounds = { most: 16, least: 4, targetMs: 30 };

  test("is bounded, and kept for who asks for less than most", () => {
    const admission = new Admission(bounds);
    admission.leave(0, Number(admission.enter(0, "quiet")), 1);
    const noisy = Array.from({ length: 20 }, () => admission.enter(0, "noisy"));
    expect(noisy.filter((ticket) => ticket === "full")).toHaveLength(4);
    admission.leave(100, Number(noisy[0]), 1);
    expect(admission.enter(100, "noisy")).toBeTypeOf("number");
    expect(admission.enter(100, "noisy")).toBe("full");
    expect(admission.enter(100, "quiet")).toBeTypeOf("number");
  });

  test("is for few heavy requests or many light ones", () => {
    const admission = new Admission(bounds);
    expect(admission.enter(0, "a", { shares: 8 })).toBeTypeOf("number");
    expect(admission.enter(0, "b", { shares: 8 })).toBeTypeOf("number");
    expect(admission.enter(0, "c", { shares: 8 })).toBe("full");
    expect(admission.inUse).toBe(16);
  });

  test("comes back with who leaves, once", () => {
    const admission = new Admission(bounds);
    const ticket = Number(admission.enter(0, "a", { shares: 16 }));
    expect(admission.enter(0, "a")).toBe("full");
    admission.leave(0, ticket, 1);
    admission.leave(0, ticket, 1);
    expect(admission.inUse).toBe(0);
  });

  test("of a request that was cut off is taken back", () => {
    const admission = new Admission(bounds);
    for (let i = 0; i < 2; i++) admission.enter(0, "a", { shares: 8 });
    expect(admission.enter(14_999, "a")).toBe("full");
    expect(admission.enter(15_000, "a")).toBeTypeOf("number");
    expect(admission.inUse).toBe(1);
  });

  test("of light ones that wait for a store is taken back after a second", () => {
    const admission = new Admission(bounds);
    admission.enter(0, "a", { shares: 8 });
    for (let i = 0; i < 8; i++) admission.enter(0, "a");
    expect(admission.enter(999, "a")).toBe("full");
    expect(admission.enter(1_000, "a")).toBeTypeOf("number");
    expect(admission.inUse).toBe(9);
  });

  test("is not cut where what takes long is not the many", () => {
    const admission = new Admission(bounds);
    for (let now = 0; now < 5_000; now += 200) admission.leave(now, Number(admission.enter(now, "a")), 300);
    expect(admission.limit).toBe(16);
  });
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { mulberry32 } from "../../src/domain/random.ts";
import { World } from "./world.ts";

const OF_A = "/v1/orgs/org_a/experiments";
const SEARCH = "/v1/search?q=lamp&filter=org:org_a&limit=5";
const POPULAR = { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 5 };
const VISITORS = 600;

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface Arm {
  units: number;
  conversions: number;
  rate: { value: number } | null;
  latency_ms: { median: { low: number; value: number; high: number }; mean: number } | null;
}

interface Reading {
  arms: Record<"control" | "treatment", Arm>;
  difference: { value: number; low: number; high: number } | null;
  split: { is_mismatch: boolean };
  verdict: string;
}

/** Visitors search once; whether one clicks is drawn by what the first product is. */
async function shop(seed: number, rateOf: (first: string) => number): Promise<Reading> {
  const random = mulberry32(seed);
  for (let i = 0; i < VISITORS; i++) {
    const { ids, queryId } = await world.search(`visitor-${i}`, SEARCH);
    const click = { query_id: queryId, product_id: ids[0], position: 0 };
    if (random() < rateOf(ids[0])) await world.send("POST", "/v1/search/clicks", "", click);
  }
  await world.count();
  const response = await world.send("GET", `${OF_A}/popular`, world.owners.org_a);
  return ((await response.json()) as { reading: Reading }).reading;
}

async function start(): Promise<void> {
  const body = { name: "popular", parameter: "ranking", treatment: POPULAR };
  await world.send("POST", OF_A, world.owners.org_a, body);
  await world.settle();
}

test("an effect of the treatment on clicks is found, from the searches to the reading", async () => {
  await start();
  const reading = await shop(21, (first) => (first === "org_a-brass" ? 0.5 : 0.2));
  const { control, treatment } = reading.arms;
  expect(control.units + treatment.units).toBe(VISITORS);
  expect(reading).toMatchObject({ verdict: "treatment_better", split: { is_mismatch: false } });
  expect(reading.difference?.low).toBeGreaterThan(0);
  expect(reading.difference?.high).toBeGreaterThan(0.3);
  for (const { latency_ms: latency } of [control, treatment]) {
    expect(latency?.mean).toBeGreaterThan(0);
    expect(latency?.median.low).toBeLessThanOrEqual(latency?.median.value ?? 0);
    expect(latency?.median.value).toBeLessThanOrEqual(latency?.median.high ?? 0);
  }
});

test("where the arms differ but nobody minds, no difference is claimed", async () => {
  await start();
  const reading = await shop(22, () => 0.3);
  expect(reading).toMatchObject({ verdict: "undecided", split: { is_mismatch: false } });
  expect(reading.difference?.low).toBeLessThan(0);
  expect(reading.difference?.high).toBeGreaterThan(0);
});

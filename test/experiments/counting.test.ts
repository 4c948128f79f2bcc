import { afterEach, beforeEach, expect, test } from "vitest";
import { contributions, countExposures, summed } from "../../src/db/queries/experiment-counts.ts";
import { insertExperiment } from "../../src/db/queries/experiments.ts";
import type { Exposure } from "../../src/domain/experiment-state.ts";
import { DEPLOYMENT } from "../../src/domain/experiment.ts";
import type { Unit } from "../../src/domain/experiment.ts";
import { mulberry32 } from "../../src/domain/random.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { countJob } from "../../src/services/experiments/expose.ts";
import type { Outcome } from "../../src/services/experiments/expose.ts";
import { endExperiment, getExperiment } from "../../src/services/experiments/experiments.ts";
import { sql } from "drizzle-orm";
import { someLine } from "../db/audit-line.ts";

let platform: MemoryPlatform;
beforeEach(async () => {
  platform = await createMemoryPlatform();
});
afterEach(() => platform.close());

const deps = () => openMemoryDeps(platform);
const operator = () => ({ ...deps(), actor: { kind: "operator" as const } });

async function start(name: string, unit: Unit): Promise<number> {
  const parameter = unit === "user" ? "ranking" : "search_page_size";
  const value = (popularity: number) => ({ proximity: 0.5, begins: 0.4, equals: 0.6, popularity });
  const values =
    unit === "user" ? { control: value(0.25), treatment: value(1) } : { control: 20, treatment: 30 };
  const shared = { scope: DEPLOYMENT, description: "", share: 0.5, outcome: "click", startedAt: 0 };
  const { inserted } = await insertExperiment(
    deps().db,
    { ...shared, ...values, name, parameter, unit, salt: name },
    { asker: null, audit: someLine() },
  );
  return inserted?.number ?? 0;
}

interface Told {
  exposures?: Exposure[];
  outcomes?: Outcome[];
}

async function tell({ exposures = [], outcomes = [] }: Told, times = 1): Promise<void> {
  const { id, payload } = countJob(deps(), { exposures, outcomes });
  for (let i = 0; i < times; i++) await countExposures(deps().db, { job: id, body: payload.body, now: 0 });
}

async function arms(name: string) {
  const { reading } = await getExperiment(operator(), { owner: null, name });
  const { control, treatment } = reading.arms;
  return [control, treatment].map(({ units, exposures, conversions }) => [units, exposures, conversions]);
}

test("a user with ten clicks is one conversion, whatever comes twice", async () => {
  const experiment = await start("one", "user");
  const shown = { experiment, unit: "ada", arm: 1, at: 10, ms: 2 };
  await tell({ exposures: [shown, shown] }, 3);
  await tell({ outcomes: Array.from({ length: 10 }, (_, i) => ({ ...shown, at: 20 + i, answer: "" })) }, 2);
  expect(await arms("one")).toEqual([
    [0, 0, 0],
    [1, 2, 1],
  ]);
});

test("an outcome that comes before its exposure counts once both are there; one from before the exposure never does", async () => {
  const experiment = await start("late", "user");
  const ada = { experiment, unit: "ada", arm: 0, ms: 1 };
  const bob = { experiment, unit: "bob", arm: 0, ms: 1 };
  await tell({
    outcomes: [
      { ...ada, at: 20, answer: "" },
      { ...bob, at: 5, answer: "" },
    ],
  });
  expect(await arms("late")).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  await tell({
    exposures: [
      { ...ada, at: 10 },
      { ...bob, at: 10 },
    ],
  });
  expect(await arms("late")).toEqual([
    [2, 2, 1],
    [0, 0, 0],
  ]);
});

test("of a query, answers with an outcome are counted, each once", async () => {
  const experiment = await start("queries", "query");
  const lamp = { experiment, unit: "lamp", arm: 0, at: 10, ms: 1 };
  await tell({ exposures: [lamp, lamp, lamp] });
  await tell({ outcomes: ["a", "a", "b"].map((answer) => ({ ...lamp, answer })) });
  await tell({ outcomes: [{ ...lamp, answer: "b" }] });
  expect(await arms("queries")).toEqual([
    [1, 3, 2],
    [0, 0, 0],
  ]);
});

test("what comes after the end is not counted, and the last reading stays", async () => {
  const experiment = await start("over", "user");
  await tell({ exposures: [{ experiment, unit: "ada", arm: 0, at: 1, ms: 1 }] });
  const ended = await endExperiment(operator(), { owner: null, name: "over", decision: "control" });
  platform.clock.advance(60_000);
  await tell({ exposures: [{ experiment, unit: "bob", arm: 0, at: 1, ms: 1 }] });
  await tell({ outcomes: [{ experiment, unit: "ada", arm: 0, at: 2, answer: "" }] });
  expect(await getExperiment(operator(), { owner: null, name: "over" })).toEqual(ended);
});

test("however jobs come, again and in any order, the sums equal a recount of the units", async () => {
  const random = mulberry32(5);
  const numbers = [await start("users", "user"), await start("queries", "query")];
  const pick = (n: number) => Math.floor(random() * n);
  const jobs: Told[] = Array.from({ length: 60 }, () => {
    const one = () => {
      const unit = pick(15);
      return { experiment: numbers[pick(2)], unit: `u${unit}`, arm: unit % 2, at: pick(1_000) };
    };
    return {
      exposures: Array.from({ length: pick(6) }, () => ({ ...one(), ms: pick(100) / 8 })),
      outcomes: Array.from({ length: pick(4) }, () => ({ ...one(), answer: `a${pick(9)}` })),
    };
  });
  const made = jobs.map((told) => {
    const { exposures = [], outcomes = [] } = told;
    return countJob(deps(), { exposures, outcomes });
  });
  const deliveries = [...made, ...made.filter(() => random() < 0.5)].sort(() => random() - 0.5);
  for (const { id, payload } of deliveries)
    await countExposures(deps().db, { job: id, body: payload.body, now: 0 });
  const all = sql`(SELECT experiment, unit FROM experiment_units)`;
  const recounted = await deps().db.orm.all<Record<string, number>>(summed(contributions(all)));
  const kept = await deps().db.orm.all<Record<string, number>>(
    sql`SELECT * FROM experiment_counts ORDER BY experiment, arm`,
  );
  expect(kept).toHaveLength(4);
  for (const [i, row] of recounted.entries())
    for (const [name, value] of Object.entries(row)) expect(kept[i][name]).toBeCloseTo(value, 6);
  const exposures = jobs.flatMap((job) => job.exposures ?? []).length;
  expect(kept.reduce((sum, { n }) => sum + n, 0)).toBe(exposures);
});

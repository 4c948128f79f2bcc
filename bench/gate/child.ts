import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { databaseWork } from "./counters.ts";
import type { Counts } from "./counters.ts";
import type { Answered, Asked } from "./process.ts";
import { scenariosOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";
import { openShop } from "./shop.ts";
import type { Shop } from "./shop.ts";
import { drawSteadily } from "./steady.ts";
import { loadTree } from "./tree.ts";

/** Arguments: the folder of the sources, and a JPEG. */
const [root, picture] = process.argv.slice(2);
const WARM_OPERATIONS = 12;
const COUNTED_OPERATIONS = 8;

async function repeat(scenario: Scenario, operations: number): Promise<void> {
  for (let i = 0; i < operations; i++) await scenario.operation();
}

/** What `COUNTED_OPERATIONS` of a scenario ask of the stores, after as many as everything is warm by. */
async function countsOf(shop: Shop, scenario: Scenario): Promise<Counts> {
  const { counters, platform } = shop;
  await repeat(scenario, WARM_OPERATIONS);
  const before = await databaseWork(platform.client);
  counters.counts = {};
  await repeat(scenario, COUNTED_OPERATIONS);
  const counts: Counts = counters.counts;
  counters.counts = null;
  const after = await databaseWork(platform.client);
  for (const [name, value] of Object.entries(after)) counts[name] = value - before[name];
  return counts;
}

async function timeOf(scenario: Scenario, operations: number): Promise<number> {
  const before = process.cpuUsage();
  await repeat(scenario, operations);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function main(): Promise<void> {
  drawSteadily(1);
  const shop = await openShop(await loadTree(root));
  const scenarios = scenariosOf(shop, new Uint8Array(readFileSync(picture)));
  const answer = async (asked: Asked): Promise<Answered> => {
    if ("counts" in asked) {
      const all: Record<string, Counts> = {};
      for (const scenario of scenarios) all[scenario.name] = await countsOf(shop, scenario);
      return { counts: all };
    }
    const scenario = scenarios.find(({ name }) => name === asked.scenario);
    if (scenario === undefined) throw new Error(`There is no scenario "${asked.scenario}"`);
    return { cpuMs: await timeOf(scenario, asked.operations) };
  };
  console.log(JSON.stringify({ scenarios: scenarios.map(({ name }) => name) }));
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await answer(JSON.parse(line) as Asked)));
  shop.platform.close();
}

await main();

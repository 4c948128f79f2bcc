/** Prints what a month costs, and which limits it meets, by a simulation: docs/cost.md. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { routesWithBudgets } from "./budgets.ts";
import { readFigures } from "./cost/figures.ts";
import type { Facts } from "./cost/jobs-work.ts";
import { limitsOf } from "./cost/limits.ts";
import { readMeasured } from "./cost/measured.ts";
import { PRICES } from "./cost/prices.ts";
import { readReceipts } from "./cost/receipts.ts";
import { reportText } from "./cost/report.ts";
import type { Lever, Report } from "./cost/report.ts";
import type { Known } from "./cost/routes-work.ts";
import { DEFAULTS, HELP, NAMES, scenarioOf } from "./cost/scenario.ts";
import type { Scenario } from "./cost/scenario.ts";
import { simulate } from "./cost/simulate.ts";
import { trafficOf } from "./cost/traffic.ts";

const RECEIPTS = join(import.meta.dirname, "cost/receipts.json");

/** Each changes one thing alone. */
const LEVERS: readonly { what: string; change: Partial<Scenario> }[] = [
  { what: "one invocation in ten logged (--logs 0.1)", change: { logs: 0.1 } },
  { what: "events folded once a minute (--foldSeconds 60)", change: { foldSeconds: 60 } },
  { what: "pictures found in the cache 99 times of 100 (--pictureHits 0.99)", change: { pictureHits: 0.99 } },
  { what: "pictures of products kept elsewhere (--imagesPerProduct 0)", change: { imagesPerProduct: 0 } },
  { what: "a catalogue that one isolate holds (--products 250000)", change: { products: 250_000 } },
];

/** The price of a scenario, with what it is made of. */
export function reportOf(scenario: Scenario, known: Known): Report {
  const figures = readFigures();
  const measured = readMeasured();
  const factsOf = (of: Scenario): Facts => ({
    scenario: of,
    traffic: trafficOf(figures, of),
    figures,
    measured,
  });
  const simulation = simulate(factsOf(scenario), known);
  const busiest = simulate(factsOf({ ...scenario, requests: scenario.requests * scenario.peak }), known);
  const levers: Lever[] = LEVERS.map(({ what, change }) => {
    const { totalUsd } = simulate(factsOf({ ...scenario, ...change }), known);
    return { what, savesUsd: simulation.totalUsd - totalUsd };
  });
  const once = {
    usd: (scenario.products * measured.importedRows * PRICES.rowsWritten.usdPerMillion) / 1e6,
    minutes: scenario.products / figures.importedPerSecond.value / 60,
  };
  return {
    scenario,
    simulation,
    limits: limitsOf(factsOf(scenario), simulation, busiest),
    levers,
    once,
    figures,
  };
}

export async function readKnown(): Promise<Known> {
  const routes = await routesWithBudgets();
  const cpuOf = Object.fromEntries(routes.map(({ name, budget }) => [name, budget.cpu]));
  return { driven: readReceipts(RECEIPTS), cpuOf };
}

function help(): string {
  const lines = NAMES.map((name) => `  --${name.padEnd(18)} ${HELP[name]} (${DEFAULTS[name]})`);
  return ["npm run cost -- [options]", "", ...lines, "  --json               as JSON", ""].join("\n");
}

async function main(): Promise<void> {
  const options = Object.fromEntries(NAMES.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({
    options: { ...options, json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help === true) return void process.stdout.write(help());
  const report = reportOf(scenarioOf(values), await readKnown());
  process.stdout.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}

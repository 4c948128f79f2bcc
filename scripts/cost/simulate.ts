import { jobsWork } from "./jobs-work.ts";
import type { Facts } from "./jobs-work.ts";
import { keptWork } from "./kept-work.ts";
import { listPrice, monthlyBill, PLANS_USD, sumOf } from "./prices.ts";
import type { Usage } from "./prices.ts";
import { routesWork } from "./routes-work.ts";
import type { Known } from "./routes-work.ts";
import { added } from "./work.ts";
import type { Work } from "./work.ts";

export interface Simulation {
  works: Work[];
  usage: Usage;
  /** By unit, as if nothing were included. */
  list: Usage;
  /** By unit, of what goes beyond what the plans include. */
  bill: Usage;
  plansUsd: number;
  totalUsd: number;
}

/** A month of everything that the deployment does and keeps. */
export function simulate(facts: Facts, known: Known): Simulation {
  const works = [...routesWork(facts.traffic, facts.scenario, known), ...jobsWork(facts), ...keptWork(facts)];
  for (const { usage } of works) usage.logEvents *= facts.scenario.logs;
  const usage = added(works.map((one) => one.usage));
  const bill = monthlyBill(usage);
  const plansUsd = PLANS_USD.workers + PLANS_USD.turso;
  return { works, usage, list: listPrice(usage), bill, plansUsd, totalUsd: plansUsd + sumOf(bill) };
}

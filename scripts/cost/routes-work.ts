import type { CpuClass } from "../../src/domain/budget.ts";
import { NO_COUNTS } from "./receipts.ts";
import type { Driven } from "./receipts.ts";
import { cpuMsOf, usageOf } from "./route-bill.ts";
import type { Scenario } from "./scenario.ts";
import { sharesOf } from "./traffic.ts";
import type { Visited } from "./traffic.ts";
import { added, times, work } from "./work.ts";
import type { Work } from "./work.ts";

/** What the routes are known to cost. */
export interface Known {
  driven: Readonly<Record<string, Driven>>;
  cpuOf: Readonly<Record<string, CpuClass>>;
}

/** A request that a cache answers, and one that none does. */
function usagesOf(visited: Visited, { driven, cpuOf }: Known) {
  const receipt = driven[visited.route]?.warm;
  const cpuClass = cpuOf[visited.route];
  if (receipt === undefined || cpuClass === undefined)
    throw new Error(`There is no receipt of ${visited.route}: run \`npm run budgets\``);
  const counts = { ...receipt, ...visited.counts };
  const ms = visited.cpuMs?.value ?? cpuMsOf(cpuClass);
  const miss = usageOf(counts, ms);
  if (visited.rows !== undefined) miss.rowsRead = visited.rows.value;
  return { counts, miss, hit: usageOf(NO_COUNTS, visited.hitMs?.value ?? ms) };
}

function routeWork(visited: Visited, requests: number, known: Known): Work {
  const { counts, hit, miss } = usagesOf(visited, known);
  const hits = requests * (visited.hits ?? 0);
  const misses = requests - hits;
  return {
    ...work(visited.route, "route", requests, added([times(hit, hits), times(miss, misses)])),
    trips: misses * counts.trips,
    writes: counts.rowsWritten > 0 ? misses : 0,
    messages: misses * counts.messages,
  };
}

/** A month of each route of the traffic. */
export function routesWork(traffic: readonly Visited[], { requests }: Scenario, known: Known): Work[] {
  const shares = sharesOf(traffic);
  return traffic.map((visited, i) => routeWork(visited, requests * shares[i], known));
}

import { join } from "node:path";
import { readReceipts } from "../../scripts/cost/receipts.ts";
import type { Known } from "../../scripts/cost/routes-work.ts";
import { budgetOf } from "../../src/routes/budget.ts";
import { PAGE_BUDGETS } from "../../src/routes/pages/budgets.ts";
import { documentedRoutes } from "../receipts/documented.ts";

const RECEIPTS = join(import.meta.dirname, "../../scripts/cost/receipts.json");

/** The routes as they are, with the receipts that are kept. */
export function knownRoutes(): Known {
  const classes = [...documentedRoutes(), ...Object.entries(PAGE_BUDGETS)].map(
    ([name, route]) => [name, budgetOf(route)?.cpu ?? "light"] as const,
  );
  return { driven: readReceipts(RECEIPTS), cpuOf: Object.fromEntries(classes) };
}

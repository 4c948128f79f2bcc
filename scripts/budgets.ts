/** Writes docs/budgets.md from the routes' budgets and their receipts; with `--check` only says whether it is stale. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Budget } from "../src/domain/budget.ts";
import { budgetsPage } from "./cost/budgets-page.ts";
import type { BudgetedRoute } from "./cost/budgets-page.ts";
import { readReceipts } from "./cost/receipts.ts";
import { loadModules } from "./load-app.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGE = join(ROOT, "docs/budgets.md");
const RECEIPTS = join(ROOT, "scripts/cost/receipts.json");

const MODULES = `export { createApp } from "./src/app.ts";
  export { budgetOf } from "./src/routes/budget.ts";
  export { PAGE_BUDGETS } from "./src/routes/pages/budgets.ts";`;

interface Definition {
  type: string;
  route: { method: string; path: string; tags?: string[] };
}

interface Bundle {
  createApp(): { openAPIRegistry: { definitions: Definition[] } };
  budgetOf(route: object): Budget | null;
  PAGE_BUDGETS: Readonly<Record<string, object>>;
}

export async function routesWithBudgets(): Promise<BudgetedRoute[]> {
  const { createApp, budgetOf, PAGE_BUDGETS } = await loadModules<Bundle>("budgets", MODULES);
  const operations = createApp().openAPIRegistry.definitions.filter(({ type }) => type === "route");
  const found = [
    ...operations.map(({ route }) => ({
      name: `${route.method.toUpperCase()} ${route.path}`,
      area: route.tags?.[0] ?? "Other",
      budget: budgetOf(route),
    })),
    ...Object.entries(PAGE_BUDGETS).map(([name, of]) => ({ name, area: "Pages", budget: budgetOf(of) })),
  ];
  return found.map(({ budget, ...route }) => {
    if (budget === null)
      throw new Error(`${route.name} declares no budget: spread \`budget()\` into its route`);
    return { ...route, budget };
  });
}

async function main(): Promise<void> {
  const fresh = budgetsPage(await routesWithBudgets(), readReceipts(RECEIPTS));
  if (!process.argv.includes("--check")) {
    writeFileSync(PAGE, fresh);
  } else if (readFileSync(PAGE, "utf8") !== fresh) {
    console.error("docs/budgets.md is stale: run `npm run budgets` and commit it");
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();

import { TrieRouter } from "hono/router/trie-router";
import type { CpuClass } from "../../domain/budget.ts";
import { budgetOf } from "../budget.ts";
import { operationTable } from "../middleware/operation-table.ts";
import { NO_ROUTE } from "../middleware/request-metrics.ts";
import type { App } from "../openapi.ts";
import { PAGE_BUDGETS } from "../pages/budgets.ts";

/** What is known of a request's work before anything of it is done. */
export interface Work {
  /** The pattern of the route that answers. */
  route: string;
  cpu: CpuClass | null;
  shares: number;
  /** For people, who are told in a page. */
  isPage: boolean;
}

/** What is declared of a route's work, roughly in its proportions; what streams mostly waits. */
const SHARES: Readonly<Record<CpuClass, number>> = { light: 1, medium: 2, heavy: 8, bulk: 8 };
const NONE: Work = { route: NO_ROUTE, cpu: null, shares: SHARES.light, isPage: false };

function routerOf(app: App, pages: readonly string[]): TrieRouter<Work> {
  const operations = operationTable(app);
  const ofPages = new TrieRouter<true>();
  for (const pattern of pages) ofPages.add("GET", pattern, true);
  const router = new TrieRouter<Work>();
  for (const { method, path } of app.routes) {
    if (method === "ALL") continue;
    const name = `${method} ${path}`;
    const cpu = budgetOf(operations.get(name) ?? PAGE_BUDGETS[name])?.cpu ?? null;
    const isPage = ofPages.match("GET", path)[0].length > 0;
    router.add(method, path, { route: path, cpu, shares: SHARES[cpu ?? "light"], isPage });
  }
  return router;
}

/** Looks routes up without their middleware; the table is made at the first request, when all routes are there. */
export function workLookup(app: App, pages: readonly string[]): (method: string, path: string) => Work {
  let router: TrieRouter<Work> | undefined;
  return (method, path) => {
    router ??= routerOf(app, pages);
    return router.match(method === "HEAD" ? "GET" : method, path)[0][0]?.[0] ?? NONE;
  };
}

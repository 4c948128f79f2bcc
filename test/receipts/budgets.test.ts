import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Deps } from "../../src/deps.ts";
import { overspent, type Budget, type Spending } from "../../src/domain/budget.ts";
import { budgetOf } from "../../src/routes/budget.ts";
import type { App } from "../../src/routes/openapi.ts";
import { PAGE_BUDGETS } from "../../src/routes/pages/budgets.ts";
import type { Job } from "../../src/ports/jobs.ts";
import { operations } from "../http/sweep.ts";
import { readReceipts, receiptsText, type Counts, type Driven } from "../../scripts/cost/receipts.ts";
import { documentedRoutes } from "./documented.ts";
import { drive } from "./drive.ts";
import { openPlace, type Place } from "./fixtures.ts";
import { driveForm, drivePage, pagesOf } from "./pages.ts";

const FILE = join(import.meta.dirname, "../../scripts/cost/receipts.json");
const IS_WRITING = process.env.RECEIPTS === "write";

const declared = new Map([...documentedRoutes()].map(([name, route]) => [name, budgetOf(route)]));

function spendingOf(counts: Counts): Spending {
  const { trips, kvReads, kvWrites, blobReads, blobWrites, messages } = counts;
  return { trips, kv: kvReads + kvWrites, blobs: blobReads + blobWrites, messages };
}

/** Each request that spent more than the route's budget. */
function excesses(budget: Budget, { cold, warm, again }: Driven): string[] {
  return [
    ...overspent(budget, spendingOf(cold), true).map((text) => `cold: ${text}`),
    ...overspent(budget, spendingOf(warm), false).map((text) => `warm: ${text}`),
    ...(again === null ? [] : overspent(budget, spendingOf(again), false).map((text) => `again: ${text}`)),
  ];
}

const JOB: Job = { id: "j", kind: "k", payload: {} };
const driven: Record<string, Driven> = {};

describe("every documented route keeps to its budget", () => {
  test.each(operations)("$name", async (operation) => {
    const budget = declared.get(operation.name);
    if (!budget) throw new Error(`${operation.name} declares no budget: spread \`budget()\` into its route`);
    const found = await drive(operation);
    driven[operation.name] = found;
    expect(excesses(budget, found)).toEqual([]);
  });
});

describe("every page keeps to its budget", () => {
  const pages = pagesOf();

  test("all are listed, and nothing else is", () => {
    expect(Object.keys(PAGE_BUDGETS).toSorted()).toEqual(pages);
  });

  test.each(pages)("%s", async (name) => {
    const budget = budgetOf(PAGE_BUDGETS[name]);
    if (budget === null) throw new Error(`${name} has no budget: add it to src/routes/pages/budgets.ts`);
    const [method, pattern] = name.split(" ");
    const found = method === "GET" ? await drivePage(pattern) : await driveForm(pattern);
    driven[name] = found;
    expect(excesses(budget, found)).toEqual([]);
  });
});

test("what takes much says why", () => {
  const all = [
    ...declared,
    ...Object.entries(PAGE_BUDGETS).map(([name, of]) => [name, budgetOf(of)] as const),
  ];
  const silent = all.filter(([, budget]) => {
    const isMuch = budget !== null && ((budget.trips ?? 0) > 3 || /heavy|bulk/.test(budget.cpu));
    return isMuch && budget.because === undefined;
  });
  expect(silent.map(([name]) => name)).toEqual([]);
});

describe("what spends too much is caught", () => {
  const NAME = "GET /v1/orgs/{org}";

  /** The application with something more done before it answers this one. */
  function planted(fault: (deps: Deps) => Promise<unknown>): () => Promise<Place> {
    return async () => {
      const place = await openPlace();
      const { app } = place.t;
      const fetch = async (request: Request, deps: Deps): Promise<Response> => {
        if (/^\/v1\/orgs\/\w+$/.test(new URL(request.url).pathname)) await fault(deps);
        return app.fetch(request, deps);
      };
      // Sound: the drive calls `fetch` alone, and so.
      return { ...place, t: { ...place.t, app: { fetch } as unknown as App } };
    };
  }

  test.each<[string, (deps: Deps) => Promise<unknown>, string]>([
    ["a trip", ({ db }) => db.all({ sql: "SELECT 1", args: [] }), "warm: 2 round trips, 1 allowed"],
    ["a look into KV", ({ kv }) => kv.get("k"), "warm: 1 operations on KV, 0 allowed"],
    ["a blob", ({ blobs }) => blobs.get("k"), "warm: 1 operations on blobs, 0 allowed"],
    ["a message", ({ jobs }) => jobs.send([JOB]), "warm: 1 messages, 0 allowed"],
    [
      "what is done after the answer",
      async ({ kv, lifetime }) => lifetime.defer(kv.get("k")),
      "warm: 1 operations on KV, 0 allowed",
    ],
  ])("%s too many", async (_, fault, words) => {
    const operation = operations.find(({ name }) => name === NAME);
    const budget = declared.get(NAME);
    if (operation === undefined || !budget) throw new Error(`There is no ${NAME}`);
    expect(excesses(budget, await drive(operation))).toEqual([]);
    expect(excesses(budget, await drive(operation, planted(fault)))).toContain(words);
  });
});

afterAll(() => {
  if (!IS_WRITING) return;
  const known = existsSync(FILE) ? Object.entries(readReceipts(FILE)) : [];
  const kept = known.filter(([name]) => declared.has(name) || name in PAGE_BUDGETS);
  writeFileSync(FILE, receiptsText({ ...Object.fromEntries(kept), ...driven }));
});

test("all of them were driven", () => {
  expect([...declared.keys()].filter((name) => !(name in driven))).toEqual([]);
});

test.skipIf(IS_WRITING)("docs/budgets.md is of these receipts", () => {
  const known = readReceipts(FILE);
  const stale = Object.keys(driven).filter((name) => {
    const [now, then] = [driven[name], known[name]];
    return then !== undefined && !sameSpending([now.cold, now.warm], [then.cold, then.warm]);
  });
  const missing = Object.keys(driven).filter((name) => !(name in known));
  expect([...stale, ...missing], "Run `npm run budgets`, and commit what it writes").toEqual([]);
});

function sameSpending(a: readonly Counts[], b: readonly Counts[]): boolean {
  return JSON.stringify(a.map(spendingOf)) === JSON.stringify(b.map(spendingOf));
}

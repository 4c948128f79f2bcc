import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listPrice, monthlyBill, noUsage, PRICES, sumOf, UNITS } from "../../scripts/cost/prices.ts";
import { NO_COUNTS } from "../../scripts/cost/receipts.ts";
import { budgetsPage } from "../../scripts/cost/budgets-page.ts";
import { usdPerMillion } from "../../scripts/cost/route-bill.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("prices", () => {
  test.each(UNITS)("a million of %s costs what is published, and what is included costs nothing", (unit) => {
    const { usdPerMillion: price, includedPerMonth: included } = PRICES[unit];
    expect(listPrice({ ...noUsage(), [unit]: 1_000_000 })[unit]).toBeCloseTo(price, 9);
    expect(sumOf(monthlyBill({ ...noUsage(), [unit]: included }))).toBe(0);
    expect(sumOf(monthlyBill({ ...noUsage(), [unit]: included + 500_000 }))).toBeCloseTo(price / 2, 6);
  });

  // The examples of the price lists themselves.
  test.each([
    ["15 million requests of 7 ms", { requests: 15e6, cpuMs: 105e6 }, 1.5 + 1.5],
    ["100 million requests of 7 ms", { requests: 100e6, cpuMs: 700e6 }, 27 + 13.4],
    ["two log events of 15 million requests", { logEvents: 30e6 }, 6],
    ["a tenth of those of a billion", { logEvents: 200e6 }, 108],
  ])("%s", (_, usage, dollars) => {
    expect(sumOf(monthlyBill({ ...noUsage(), ...usage }))).toBeCloseTo(dollars, 6);
  });

  test("each names its source", () => {
    for (const { source } of Object.values(PRICES))
      expect(source).toMatch(/^(?:developers\.cloudflare\.com|turso\.tech)\//);
  });
});

describe("the bill of a route", () => {
  test("of a request that does nothing is the request, its log line and its CPU time", () => {
    expect(usdPerMillion(NO_COUNTS, "light")).toBeCloseTo(0.3 + 0.6 + 2 * 0.02, 9);
  });

  test("adds up what it does, with what its jobs do", () => {
    const counts = { ...NO_COUNTS, rowsRead: 10, rowsBilled: 7, messages: 1, blobReads: 1, blobWrites: 2 };
    const jobs = { jobBlobReads: 1, jobBlobWrites: 6 };
    const two = 2 * (0.3 + 0.6) + 10 * 0.02;
    const stores = 30 * 0.001 + 7 + 3 * 0.4 + 2 * 0.36 + 8 * 4.5;
    expect(usdPerMillion({ ...counts, ...jobs }, "medium")).toBeCloseTo(two + stores, 9);
  });

  test("counts on the platform's own line being off", () => {
    expect(readFileSync(join(ROOT, "wrangler.toml"), "utf8")).toMatch(/^invocation_logs = false$/m);
  });

  test("tells reads of KV from writes, which are ten times as dear", () => {
    const [read, written] = [{ kvReads: 1 }, { kvWrites: 1 }].map((kv) =>
      usdPerMillion({ ...NO_COUNTS, ...kv }, "light"),
    );
    const nothing = usdPerMillion(NO_COUNTS, "light");
    expect([read - nothing, written - nothing].map((usd) => Math.round(usd * 100) / 100)).toEqual([0.5, 5]);
  });
});

describe("docs/budgets.md", () => {
  const route = {
    name: "GET /v1/lamps",
    area: "Lamps",
    budget: { trips: 1, cpu: "light" as const, cold: { trips: 1 } },
  };
  const counts = { ...NO_COUNTS, trips: 1, rowsRead: 2 };

  test("has a line for each route: budget, receipts and bill", () => {
    const page = budgetsPage([route], {
      [route.name]: { status: 200, cold: counts, warm: counts, again: NO_COUNTS },
    });
    expect(page).toContain("## Lamps");
    expect(page).toContain(
      "| `GET /v1/lamps` | 1 trip; cold +1 trip | light | 1 trip, 2 + 0 rows | 1 trip, 2 + 0 rows | – | $0.95 |",
    );
  });

  test("says which was not driven, and why some take more", () => {
    const page = budgetsPage([{ ...route, budget: { ...route.budget, because: "It is heavy" } }], {});
    expect(page).toContain("| not driven |");
    expect(page).toContain("- `GET /v1/lamps`: It is heavy.");
  });
});

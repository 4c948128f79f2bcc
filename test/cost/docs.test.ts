import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportOf } from "../../scripts/cost.ts";
import { UNIT_NAMES } from "../../scripts/cost/report.ts";
import { UNITS } from "../../scripts/cost/prices.ts";
import { DEFAULTS } from "../../scripts/cost/scenario.ts";
import { knownRoutes } from "./known.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/cost.md"), "utf8");
const known = knownRoutes();

/** `10 million`, `$5,900` and `250,000` as numbers. */
function numberOf(text: string): number {
  const unit = / million/.test(text) ? 1e6 : / billion/.test(text) ? 1e9 : 1;
  return Number.parseFloat(text.replaceAll(/[$,]/g, "")) * unit;
}

/** Rows whose first cell `first` takes, without the names of columns. */
function rowsOf(first: RegExp): string[][] {
  const rows = page.split("\n").filter((line) => line.startsWith("|"));
  return rows
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    )
    .filter(([cell]) => first.test(cell));
}

const SIZES = rowsOf(/^1\d* [mb]illion/);

test("the page has its tables", () => {
  expect(SIZES).toHaveLength(5);
  expect(rowsOf(/^(?:rows written|logs|requests)$/)).toHaveLength(3);
});

test.each(SIZES)("%s requests with %s products cost what docs/cost.md says", (...cells) => {
  const [requests, products, organisations, isolates, dollars, each] = cells.map(numberOf);
  const { simulation, limits } = reportOf(
    { ...DEFAULTS, requests, products, organisations, isolates },
    known,
  );
  expect(Math.abs(simulation.totalUsd / dollars - 1)).toBeLessThan(0.03);
  expect(Math.abs(((simulation.totalUsd / requests) * 1e6) / each - 1)).toBeLessThan(0.03);
  const broken = limits.filter(({ verdict, what }) => verdict === "BREAKS" && what !== "the same on D1");
  expect(broken.length > 0).toBe(cells[6] !== "nothing");
});

test("what dominates is what docs/cost.md says", () => {
  const { bill } = reportOf(DEFAULTS, known).simulation;
  const dearest = UNITS.filter((unit) => bill[unit] > 35).toSorted((a, b) => bill[b] - bill[a]);
  for (const [at, unit] of dearest.entries()) {
    const [, dollars] = rowsOf(
      /^(?:rows written|R2 storage|logs|requests|queues|database storage|CPU|R2 reads)$/,
    )[at];
    expect(Math.abs(bill[unit] / numberOf(dollars) - 1), UNIT_NAMES[unit]).toBeLessThan(0.03);
  }
});

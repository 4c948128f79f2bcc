import type { Figures } from "./figures.ts";
import type { Limit } from "./limits.ts";
import { listPrice, sumOf, UNITS } from "./prices.ts";
import type { Unit, Usage } from "./prices.ts";
import type { Scenario } from "./scenario.ts";
import type { Simulation } from "./simulate.ts";

export interface Lever {
  what: string;
  savesUsd: number;
}

export interface Report {
  scenario: Scenario;
  simulation: Simulation;
  limits: readonly Limit[];
  levers: readonly Lever[];
  /** To bring the catalogue in. */
  once: { usd: number; minutes: number };
  figures: Figures;
}

export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  requests: "requests",
  cpuMs: "CPU",
  logEvents: "logs",
  kvReads: "KV reads",
  kvWrites: "KV writes",
  blobReads: "R2 reads",
  blobWrites: "R2 writes",
  blobGb: "R2 storage",
  queueOperations: "queues",
  objectRequests: "Durable Object requests",
  objectGbSeconds: "Durable Object time",
  rowsRead: "rows read",
  rowsWritten: "rows written",
  databaseGb: "database storage",
};

export function usd(amount: number): string {
  const digits = Math.abs(amount) < 100 ? 2 : 0;
  return `${amount < 0 ? "-" : ""}$${Math.abs(amount).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

export function amount(n: number): string {
  const [divisor, letter] =
    n >= 1e9 ? [1e9, " bn"] : n >= 1e6 ? [1e6, " M"] : n >= 1e4 ? [1e3, " k"] : [1, ""];
  return `${(n / divisor).toLocaleString("en-US", { maximumFractionDigits: n < 100 ? 1 : 0, maximumSignificantDigits: 3 })}${letter}`;
}

/** The dearest units first, those above `least` dollars. */
function dearest(bill: Usage, count: number, least = 0.005): string {
  const units = UNITS.filter((unit) => bill[unit] > least).toSorted((a, b) => bill[b] - bill[a]);
  return units
    .slice(0, count)
    .map((unit) => `${UNIT_NAMES[unit]} ${usd(bill[unit])}`)
    .join(", ");
}

/** Columns as wide as their longest cell; numbers stand right where `right` says so. */
function aligned(rows: readonly (readonly string[])[], right: readonly boolean[]): string[] {
  const widths = right.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd(),
  );
}

function worksTable({ works, list }: Simulation): string[] {
  const priced = works.map((one) => ({ ...one, bill: listPrice(one.usage) }));
  const rows = priced
    .toSorted((a, b) => sumOf(b.bill) - sumOf(a.bill))
    .map(({ name, kind, times, bill }) => {
      return [name, kind === "kept" ? "" : amount(times), usd(sumOf(bill)), dearest(bill, 3)];
    });
  const sum = ["all, at list prices", "", usd(sumOf(list)), ""];
  return aligned([["a month of", "times", "dollars", "of that"], ...rows, sum], [false, true, true, false]);
}

function totals({ scenario, simulation: { list, bill, plansUsd, totalUsd } }: Report): string[] {
  const included = sumOf(list) - sumOf(bill);
  const rows = [
    ["list prices", usd(sumOf(list))],
    ["less what the plans include", usd(-included)],
    ["the plans", usd(plansUsd)],
    ["a month", usd(totalUsd)],
  ];
  if (scenario.requests > 0) rows.push(["a million requests", usd((totalUsd / scenario.requests) * 1e6)]);
  return [...aligned(rows, [false, true]), "", `By unit: ${dearest(bill, UNITS.length)}.`];
}

function limitRows(limits: readonly Limit[]): string[] {
  const rows = limits.map(({ what, most, needed, unit, verdict, note }) => {
    return [verdict, what, amount(needed), most === null ? "–" : amount(most), unit, note];
  });
  const head = ["", "limit", "needed", "most", "", "what it is"];
  return aligned([head, ...rows], [false, false, true, true, false, false]);
}

/** The whole report as text. */
export function reportText(report: Report): string {
  const { scenario, simulation, limits, levers, once, figures } = report;
  const sources = Object.entries(figures).map(([name, { value, source }]) => [name, amount(value), source]);
  return [
    `${amount(scenario.requests)} requests a month, ${amount(scenario.products)} products`,
    "",
    ...worksTable(simulation),
    "",
    ...totals(report),
    "",
    `Once, to bring the catalogue in: ${usd(once.usd)} of rows written, ${amount(once.minutes)} minutes.`,
    "",
    ...limitRows(limits),
    "",
    ...aligned(
      [["alone it saves", ""], ...levers.map(({ what, savesUsd }) => [what, usd(savesUsd)])],
      [false, true],
    ),
    "",
    "Measured, in bench/results:",
    ...aligned(sources, [false, true, false]),
    "",
  ].join("\n");
}

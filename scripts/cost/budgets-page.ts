import { CPU_CLASSES } from "../../src/domain/budget.ts";
import type { Budget } from "../../src/domain/budget.ts";
import { OPERATIONS_PER_MESSAGE, PRICES, PRICES_READ, ROWS_READ_FACTOR } from "./prices.ts";
import type { Counts, Driven } from "./receipts.ts";
import { cpuMsOf, usdPerMillion } from "./route-bill.ts";

export interface BudgetedRoute {
  /** As `GET /v1/feed`. */
  name: string;
  area: string;
  budget: Budget;
}

function list(parts: readonly (string | null)[]): string {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? "–" : said.join(", ");
}

function several(n: number | undefined, one: string, many = `${one}s`): string | null {
  return n === undefined || n === 0 ? null : `${n} ${n === 1 ? one : many}`;
}

function budgetText({ trips, kv, blobs, messages, cold }: Budget): string {
  const more = list([several(cold.trips, "trip"), several(cold.kv, "KV"), several(cold.blobs, "blob")]);
  const most = list([
    several(trips, "trip"),
    several(kv, "KV operation"),
    several(blobs, "blob"),
    several(messages, "message"),
  ]);
  return more === "–" ? most : `${most}; cold +${more}`;
}

function countsText(counts: Counts): string {
  const { rowsRead, rowsWritten, blobReads, blobWrites, kvReads, kvWrites } = counts;
  return list([
    several(counts.trips, "trip"),
    rowsRead + rowsWritten === 0 ? null : `${rowsRead} + ${rowsWritten} rows`,
    kvReads + kvWrites === 0 ? null : `${kvReads} + ${kvWrites} KV`,
    blobReads + blobWrites === 0 ? null : `${blobReads} + ${blobWrites} blobs`,
    several(counts.edge, "edge", "edge"),
    several(counts.messages, "message"),
  ]);
}

function dollars(usd: number): string {
  return usd < 10 ? `$${usd.toFixed(2)}` : `$${Math.round(usd)}`;
}

function rowOf({ name, budget }: BudgetedRoute, driven: Driven | undefined): string {
  const spent =
    driven === undefined
      ? ["not driven", "", "", ""]
      : [
          countsText(driven.cold),
          countsText(driven.warm),
          driven.again === null ? "" : countsText(driven.again),
          dollars(usdPerMillion(driven.warm, budget.cpu)),
        ];
  return `| \`${name}\` | ${[budgetText(budget), budget.cpu, ...spent].join(" | ")} |`;
}

const HEAD = "| route | budget | CPU | cold | warm | again | a million |\n|---|---|---|---|---|---|---|";

function intro(): string {
  const cpu = Object.entries(CPU_CLASSES).map(([name, ms]) => `\`${name}\` ${ms.toLocaleString("en")} ms`);
  const unit = (name: keyof typeof PRICES) => `$${PRICES[name].usdPerMillion}`;
  return `# Budgets

Written by \`npm run budgets\`; do not edit. What each route may spend stands beside its schema (\`...budget({ … })\`, and for pages in
\`src/routes/pages/budgets.ts\`) and in the OpenAPI document as \`x-budget\`. \`test/receipts/budgets.test.ts\` asks each route with a
good credential for its success, and fails the one that spends more, declares nothing, or is not asked
([receipts.md](receipts.md)). What all of them cost together in a month says [cost.md](cost.md).

- **cold**: from an isolate and a data centre that know nothing; **warm**: from one that knows who asks and has loaded the index,
  for something not asked before; **again**: the same once more. What is done after the answer counts.
- **budget**: round trips to the database, operations on KV and blobs, queue messages; \`cold +\` is what a new isolate may spend
  besides. Where nothing is named, nothing may be spent. Looks into the data centre's cache (*edge*) cost nothing and have no budget.
- **rows**: given + written; **blobs** and **KV**: reads + writes. Of the examples' small world: a full page of a list has more rows.
- **CPU**: the most that nearly all requests (p95) of a class take on one core: ${cpu.join(", ")}.
- **a million**: dollars for a million warm requests with the jobs they send, at list prices of ${PRICES_READ}
  (\`scripts/cost/prices.ts\`), nothing taken off for what plans include: requests ${unit("requests")}, a log line
  ${unit("logEvents")}, CPU ${unit("cpuMs")} a million ms at the most of its class (\`bulk\` at ${cpuMsOf("bulk")} ms), KV ${unit("kvReads")} read and
  ${unit("kvWrites")} written, blobs ${unit("blobReads")} read and ${unit("blobWrites")} written, ${OPERATIONS_PER_MESSAGE} operations a message at ${unit("queueOperations")} and its delivery by itself, rows written ${unit("rowsWritten")} with
  their entries of indexes, rows read ${unit("rowsRead")} (times ${ROWS_READ_FACTOR} for rows looked at).
`;
}

/** `docs/budgets.md`: each route with its budget, what it was seen to spend, and its bill. */
export function budgetsPage(
  routes: readonly BudgetedRoute[],
  driven: Readonly<Record<string, Driven>>,
): string {
  const areas = [...new Set(routes.map(({ area }) => area))];
  const tables = areas.map((area) => {
    const rows = routes
      .filter((route) => route.area === area)
      .map((route) => rowOf(route, driven[route.name]));
    return `## ${area}\n\n${HEAD}\n${rows.join("\n")}\n`;
  });
  const reasons = routes.flatMap(({ name, budget: { because } }) =>
    because === undefined ? [] : [`- \`${name}\`: ${because}.`],
  );
  return `${intro()}\n${tables.join("\n")}\n## Why some take more\n\n${reasons.join("\n")}\n`;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { METRICS } from "../../src/domain/metrics/table.ts";
import { openApp, operatorHeaders } from "../http/open-app.ts";
import { parseExposition } from "../operations/prometheus-grammar.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../docs/metrics.md"), "utf8");
const SUFFIX = { counter: "_total", gauge: "", histogram: "_seconds" };

/** The rows of the table of metrics, by the names in their first column. */
const rows = DOCUMENT.split("\n")
  .filter((line) => /^\| `[a-z_]+`.* \| (?:counter|gauge|histogram)s? \|/.test(line))
  .map((line) => line.split("|"));
const documented = new Map(
  rows.flatMap(([, names, type, labels]) =>
    [...names.matchAll(/`([a-z_]+)`/g)].map(([, name]) => [name, { type: type.trim(), labels }] as const),
  ),
);

test.each(Object.entries(METRICS))("%s is documented with its type and labels", (name, { type, labels }) => {
  const row = documented.get(name + SUFFIX[type]);
  expect(row?.type).toBe(type);
  expect([...(row?.labels ?? "").matchAll(/`(\w+)`/g)].map(([, label]) => label)).toEqual([...labels]);
});

test("all that is served is documented", async () => {
  const t = await openApp();
  await t.call("/v1/products/none");
  const response = await t.call("/metrics", { headers: operatorHeaders(t.platform) });
  const families = parseExposition(await response.text());
  t.platform.close();
  const missing = [...families].filter(
    ([name, { type }]) => documented.get(name.replace(/^vitrine_/, ""))?.type !== type,
  );
  expect(missing.map(([name, { type }]) => `${name} (${type})`)).toEqual([]);
});

import type { Comparison } from "../compare/results.ts";
import type { Result } from "../compare/rounds.ts";
import { originOf, readResult, writePlot } from "./files.ts";
import { logScale, numberText } from "./scale.ts";
import type { Scale } from "./scale.ts";
import { dot, line, svg, text } from "./svg.ts";

/** One way to do a job, beside the others of that job. */
interface Row {
  job: string;
  name: string;
  isOurs: boolean;
  isCached: boolean;
  p50_ms: number;
  /** With many connections, where it was asked so. */
  rps: number | null;
}

const [WIDTH, ROW, HEAD, TOP, BOTTOM] = [960, 22, 34, 86, 56];
const LATENCY = [290, 560] as const;
const RATE = [650, 880] as const;
const ORDER = ["before", "after", "cached"];

function httpRows(results: readonly Result[]): Row[] {
  const [alone] = [...new Set(results.map(({ connections }) => connections))].sort((a, b) => a - b);
  return results
    .filter(({ connections }) => connections === alone)
    .toSorted((a, b) => Number(a.isOurs) - Number(b.isOurs) || ORDER.indexOf(a.step) - ORDER.indexOf(b.step))
    .map(({ job, name, isOurs, step, p50_ms }) => {
      const together = results.find((one) => one.job === job && one.name === name && one.connections > alone);
      return { job, name, isOurs, isCached: step === "cached", p50_ms, rps: together?.rps ?? null };
    });
}

function rowsOf({ results, images }: Comparison): Row[] {
  const pictures = images.map(({ name, isOurs, p50_ms, imagesPerSecond }) => {
    return { job: "images", name, isOurs, isCached: false, p50_ms, rps: imagesPerSecond };
  });
  return [...httpRows(results), ...pictures.toSorted((a, b) => Number(a.isOurs) - Number(b.isOurs))];
}

const TITLES: Readonly<Record<string, string>> = {
  search: "Product search",
  dashboard: "Dashboard page",
  feed: "Feed page",
  images: "Photo into its pictures",
};

function axis({ at, ticks }: Scale, title: string, bottom: number): string[] {
  return [
    text([at(ticks[0]), TOP - 24], title, { look: "muted" }),
    ...ticks.flatMap((tick) => [
      line([at(tick), TOP - 2], [at(tick), bottom], "grid"),
      text([at(tick), TOP - 8], numberText(tick), { look: "muted small", anchor: "middle" }),
    ]),
  ];
}

function mark(scale: Scale, value: number | null, { y, look }: { y: number; look: string }): string[] {
  if (value === null) return [];
  const x = scale.at(value);
  return [
    line([scale.at(scale.ticks[0]), y], [x, y], `stem ${look}-line`),
    dot([x, y], look),
    text([x + 9, y + 4], numberText(value), { look: "ink small" }),
  ];
}

function draw(rows: readonly Row[], origin: string): string {
  const jobs = [...new Set(rows.map(({ job }) => job))];
  const height = TOP + rows.length * ROW + jobs.length * HEAD + BOTTOM;
  const bottom = height - BOTTOM + 8;
  const latency = logScale(
    rows.map(({ p50_ms }) => p50_ms),
    LATENCY,
  );
  const rate = logScale(
    rows.flatMap(({ rps }) => rps ?? []),
    RATE,
  );
  const parts = [
    text([24, 32], "Vitrine beside the case studies it starts from", { look: "ink title" }),
    ...axis(latency, "p50, ms, one connection (less is better)", bottom),
    ...axis(rate, "per second, 32 connections (more is better)", bottom),
  ];
  let y = TOP;
  for (const job of jobs) {
    parts.push(text([24, y + 22], TITLES[job] ?? job, { look: "ink head" }));
    y += HEAD;
    for (const { name, isOurs, isCached, p50_ms, rps } of rows.filter((one) => one.job === job)) {
      const look = isOurs ? "ours" : "theirs";
      parts.push(text([36, y + 8], name, { look: isOurs ? "ink" : "muted" }));
      if (isCached) parts.push(line([28, y], [28, y + 10], "base"));
      parts.push(...mark(latency, p50_ms, { y: y + 4, look }), ...mark(rate, rps, { y: y + 4, look }));
      y += ROW;
    }
  }
  parts.push(
    text(
      [24, height - 18],
      `Logarithmic axes; a bar before the name: answers are kept; photos by one process on one core. ${origin}`,
      {
        look: "muted small",
      },
    ),
  );
  return svg(
    { width: WIDTH, height, description: "Latency and throughput of each job, before and after" },
    parts,
  );
}

/** docs/plots/compare.svg, of the kept result. */
export function drawCompare(name = "compare"): void {
  const kept = readResult<Comparison>(name);
  if (kept !== null) writePlot(name, draw(rowsOf(kept.data), originOf(kept)));
}

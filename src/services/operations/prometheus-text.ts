import { Histogram, type HistogramData } from "../../domain/metrics/histogram.ts";
import { METRICS, type MetricKind, type MetricName, seriesOf } from "../../domain/metrics/table.ts";

/** Bounds in milliseconds, as powers of two: those are bounds of the histogram's buckets, so that the counts are exact. */
const EXPONENTS = [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20];
const MS_PER_SECOND = 1_000;

export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** One metric with its samples, as Prometheus' text format 0.0.4 has it. */
export function family(
  name: string,
  { type, help }: Pick<MetricKind, "type" | "help">,
  samples: readonly Sample[],
): string {
  const lines = samples.map((sample) => sampleLine(name, sample));
  return [...headOf(name, type, help), ...lines].join("\n");
}

/** The families of what isolates collect, each once, in the table's order; without those that have no series. */
export function collectedFamilies(collected: {
  counters: readonly [string, number][];
  gauges: readonly [string, number][];
  histograms: readonly [string, HistogramData][];
}): string[] {
  const plain = groupOf([...collected.counters, ...collected.gauges]);
  const histograms = groupOf(collected.histograms);
  return (Object.keys(METRICS) as MetricName[]).flatMap((name) => {
    const { type, help } = METRICS[name];
    const served = servedName(name);
    const values = plain.get(name) ?? [];
    if (type !== "histogram") {
      return values.length === 0 ? [] : [family(served, { type, help }, values)];
    }
    const spread = histograms.get(name) ?? [];
    if (spread.length === 0) return [];
    const lines = spread.flatMap(({ labels, value }) => histogramLines(served, labels, value));
    return [[...headOf(served, type, help), ...lines].join("\n")];
  });
}

function servedName(name: MetricName): string {
  const { type } = METRICS[name];
  const suffix = type === "counter" ? "_total" : type === "histogram" ? "_seconds" : "";
  return `vitrine_${name}${suffix}`;
}

function groupOf<T>(
  series: readonly (readonly [string, T])[],
): Map<MetricName, { labels: Record<string, string>; value: T }[]> {
  const groups = new Map<MetricName, { labels: Record<string, string>; value: T }[]>();
  for (const [key, value] of series) {
    const found = seriesOf(key);
    if (found === null) continue;
    const labels = METRICS[found.name].labels.map((label, i) => [label, found.values[i]]);
    const group = groups.get(found.name) ?? [];
    group.push({ labels: Object.fromEntries(labels) as Record<string, string>, value });
    groups.set(found.name, group);
  }
  return groups;
}

function histogramLines(
  name: string,
  labels: Readonly<Record<string, string>>,
  data: HistogramData,
): string[] {
  const histogram = Histogram.decode(data);
  const buckets = EXPONENTS.map((exponent) => ({
    le: String(2 ** exponent / MS_PER_SECOND),
    value: histogram.countUpTo(exponent),
  }));
  return [
    ...[...buckets, { le: "+Inf", value: histogram.count }].map(({ le, value }) =>
      sampleLine(`${name}_bucket`, { labels: { ...labels, le }, value }),
    ),
    sampleLine(`${name}_sum`, { labels, value: histogram.sum / MS_PER_SECOND }),
    sampleLine(`${name}_count`, { labels, value: histogram.count }),
  ];
}

function headOf(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`];
}

function sampleLine(name: string, { labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

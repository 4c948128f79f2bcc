import type { MixedPlan, MixedResult } from "../mixed/report.ts";
import { originOf, readResult, writePlot } from "./files.ts";
import { linearScale, logScale, numberText } from "./scale.ts";
import type { Scale } from "./scale.ts";
import { curve, line, svg, text } from "./svg.ts";

const MB = 2 ** 20;
const [WIDTH, HEIGHT] = [960, 620];
const X = [70, 770] as const;
const LATENCY = [300, 90] as const;
const MEMORY = [560, 360] as const;
/** Of a label, in pixels. */
const LABEL = 13;

interface Line {
  name: string;
  look: string;
  points: (readonly [minutes: number, value: number])[];
}

function latencyLines({ name, minutes }: MixedResult): Line[] {
  return [
    { name: `${name}, p99`, look: "ours-line", points: minutes.map(({ p99 }, at) => [at + 0.5, p99]) },
    { name: `${name}, p50`, look: "ours-line dashed", points: minutes.map(({ p50 }, at) => [at + 0.5, p50]) },
  ];
}

function memoryLines({ name, memory: { samples, live } }: MixedResult): Line[] {
  const seldom = samples.filter((_, at) => at % 10 === 0);
  return [
    {
      name: `${name}, process`,
      look: "ours-line",
      points: seldom.map(({ minutes, ownBytes }) => [minutes, ownBytes / MB]),
    },
    {
      name: `${name}, isolate`,
      look: "ours-line dashed",
      points: live.map(({ minutes, heapBytes, bufferBytes }) => [minutes, (heapBytes + bufferBytes) / MB]),
    },
  ];
}

/** Heights at which labels of lines stand, none over another: from below, each as low as it may. */
function spread(heights: readonly number[]): number[] {
  const order = [...heights.keys()].sort((a, b) => heights[b] - heights[a]);
  const found = [...heights];
  for (const [place, i] of order.entries())
    if (place > 0) found[i] = Math.min(found[i], found[order[place - 1]] - LABEL);
  return found;
}

function panel(title: string, lines: readonly Line[], { x, y }: { x: Scale; y: Scale }): string[] {
  const [top, bottom] = [y.at(y.ticks[y.ticks.length - 1]), y.at(y.ticks[0])];
  const grid = y.ticks.flatMap((tick) => [
    line([X[0], y.at(tick)], [X[1], y.at(tick)], "grid"),
    text([X[0] - 8, y.at(tick) + 4], numberText(tick), { look: "muted small", anchor: "end" }),
  ]);
  const minutes = x.ticks.map((tick) =>
    text([x.at(tick), bottom + 18], numberText(tick), { look: "muted small", anchor: "middle" }),
  );
  const drawn = lines.filter(({ points }) => points.length > 0);
  const ends = spread(drawn.map(({ points }) => y.at(points[points.length - 1][1])));
  const curves = drawn.flatMap(({ name, look, points }, i) => {
    const placed = points.map(([at, value]) => [x.at(at), y.at(value)] as const);
    const label = `${name}: ${numberText(points[points.length - 1][1])}`;
    return [curve(placed, look), text([X[1] + 12, ends[i] + 4], label, { look: "ink small" })];
  });
  return [text([24, top - 18], title, { look: "ink head" }), ...grid, ...minutes, ...curves];
}

interface Measured {
  plan: MixedPlan;
  result: MixedResult;
}

function draw({ plan, result }: Measured, origin: string): string {
  const [latencies, memories] = [latencyLines(result), memoryLines(result)];
  const valuesOf = (lines: readonly Line[]) =>
    lines.flatMap(({ points }) => points.map(([, value]) => value));
  const x = linearScale(plan.minutes, X, 6);
  const inside = { ...x, ticks: x.ticks.filter((tick) => tick <= plan.minutes) };
  const warm = x.at(plan.warmMinutes);
  const parts = [
    text([24, 32], `${plan.minutes} minutes of all four jobs at ${plan.perSecond} requests/s`, {
      look: "ink title",
    }),
    ...panel("Latency of all requests by minute, ms (logarithmic)", latencies, {
      x: inside,
      y: logScale(valuesOf(latencies), LATENCY),
    }),
    ...panel("Memory, MB", memories, {
      x: inside,
      y: linearScale(Math.max(...valuesOf(memories)), MEMORY),
    }),
    line([warm, MEMORY[0]], [warm, MEMORY[1]], "base dashed"),
    text([warm + 5, MEMORY[1] + 12], "growth is measured from here on", { look: "muted small" }),
    text([24, HEIGHT - 14], `Minutes from the begin. ${origin}`, { look: "muted small" }),
  ];
  return svg({ width: WIDTH, height: HEIGHT, description: "Latency and memory by minute" }, parts);
}

/** The picture of a kept result, `mixed-workerd` or `mixed-deno`. */
export function drawMixed(name: string): void {
  const kept = readResult<Measured>(name);
  if (kept !== null) writePlot(name, draw(kept.data, originOf(kept)));
}

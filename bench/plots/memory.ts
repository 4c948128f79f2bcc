import type { Comparison, ServerMemory } from "../compare/results.ts";
import { THEIRS } from "../compare/rivals.ts";
import { originOf, readResult, writePlot } from "./files.ts";
import { linearScale, numberText } from "./scale.ts";
import { bar, line, svg, text } from "./svg.ts";

const MB = 2 ** 20;
const [WIDTH, ROW, TOP, BOTTOM] = [960, 24, 84, 48];
const RANGE = [290, 860] as const;

function draw(servers: readonly ServerMemory[], origin: string): string {
  const height = TOP + servers.length * ROW + BOTTOM;
  const scale = linearScale(Math.max(...servers.map(({ ownBytes }) => ownBytes / MB)), RANGE);
  const grid = scale.ticks.flatMap((tick) => [
    line([scale.at(tick), TOP - 8], [scale.at(tick), height - BOTTOM], "grid"),
    text([scale.at(tick), TOP - 14], numberText(tick), { look: "muted small", anchor: "middle" }),
  ]);
  const bars = servers.flatMap(({ job, name, ownBytes }, i) => {
    const [y, value] = [TOP + i * ROW, ownBytes / MB];
    const look = name === THEIRS ? "theirs" : "ours";
    return [
      text([24, y + 10], `${job}: ${name === THEIRS ? "the case study" : name}`, {
        look: name === THEIRS ? "muted" : "ink",
      }),
      bar(RANGE[0], y, scale.at(value) - RANGE[0], look),
      text([scale.at(value) + 8, y + 10], numberText(value), { look: "ink small" }),
    ];
  });
  return svg({ width: WIDTH, height, description: "Memory of the servers after their loads" }, [
    text([24, 32], "Memory of the servers after their loads, MB", { look: "ink title" }),
    text([24, 50], "All processes of a server; without mapped files. Ours holds all four jobs each time.", {
      look: "muted",
    }),
    ...grid,
    ...bars,
    text([24, height - 16], origin, { look: "muted small" }),
  ]);
}

/** docs/plots/memory-compare.svg, of the kept comparison. */
export function drawMemory(name = "compare"): void {
  const kept = readResult<Comparison>(name);
  if (kept !== null && kept.data.memory.length > 0)
    writePlot(`memory-${name}`, draw(kept.data.memory, originOf(kept)));
}

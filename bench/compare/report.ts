import { writeReport } from "../report.ts";
import type { Table } from "../report.ts";
import type { World } from "../world/world.ts";
import type { ImageResult } from "./images.ts";
import type { Comparison, ServerMemory } from "./results.ts";
import { THEIRS } from "./rivals.ts";
import type { Result, RoundPlan } from "./rounds.ts";

const MB = 2 ** 20;

type Cell = string | number | null;

function times(top: number | null, bottom: number | null): string | null {
  if (top === null || bottom === null) return null;
  const ratio = top / bottom;
  return `${ratio.toFixed(ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2)}×`;
}

/** Ours beside a step of the reference: what it was before, what it is after, and kept answers beside kept ones. */
export function pairsOf(results: readonly Result[]): { ours: Result; theirs: Result }[] {
  return results
    .filter(({ isOurs }) => isOurs)
    .flatMap((ours) =>
      results
        .filter(
          ({ isOurs, job, connections }) => !isOurs && job === ours.job && connections === ours.connections,
        )
        .filter(({ step }) => (ours.step === "cached") === (step === "cached"))
        .map((theirs) => ({ ours, theirs })),
    );
}

/** Of the server that an answer came from. */
function ownBytes(memory: readonly ServerMemory[], { job, name, isOurs }: Result): number | null {
  const server = memory.find(
    (one) => one.job === job && (isOurs ? name.startsWith(one.name) : one.name === THEIRS),
  );
  return server?.ownBytes ?? null;
}

function httpRows({ results, memory }: Comparison): Cell[][] {
  return pairsOf(results).map(({ ours, theirs }) => [
    ours.job,
    `${ours.name} : ${theirs.name}`,
    theirs.step,
    ours.connections,
    times(ours.rps, theirs.rps),
    times(theirs.p50_ms, ours.p50_ms),
    times(theirs.p99_ms, ours.p99_ms),
    times(ownBytes(memory, theirs), ownBytes(memory, ours)),
    ours.rps,
    theirs.rps,
    ours.p50_ms,
    theirs.p50_ms,
  ]);
}

function imageRows(images: readonly ImageResult[]): Cell[][] {
  const [ours, theirs] = [true, false].map((isOurs) => images.filter((one) => one.isOurs === isOurs));
  return ours.flatMap((mine) =>
    theirs.map((their) => [
      "images",
      `${mine.name} : ${their.name}`,
      their.step,
      1,
      times(mine.imagesPerSecond, their.imagesPerSecond),
      times(their.p50_ms, mine.p50_ms),
      times(their.p99_ms, mine.p99_ms),
      times(their.peakBytes, mine.peakBytes),
      mine.imagesPerSecond,
      their.imagesPerSecond,
      mine.p50_ms,
      their.p50_ms,
    ]),
  );
}

function tablesOf(comparison: Comparison): Table[] {
  const { results, images, memory } = comparison;
  const ratios = ["requests/s", "p50", "p99", "memory"];
  const values = ["ours, /s", "theirs, /s", "ours p50 ms", "theirs p50 ms"];
  const loads = results.map(({ job, name, step, connections, ...one }): Cell[] => [
    job,
    name,
    step,
    connections,
    one.rps,
    one.p50_ms,
    one.p99_ms,
    one.bytes_mean,
    one.errors,
  ]);
  const pictures = images.map(({ name, step, n, ...one }): Cell[] => [
    name,
    step,
    n,
    one.imagesPerSecond,
    one.p50_ms,
    one.p99_ms,
    one.cpuMs,
    one.peakBytes / MB,
  ]);
  return [
    {
      title: "Side by side (more is better for ours everywhere)",
      columns: ["job", "ours : theirs", "step", "connections", ...ratios, ...values],
      rows: [...httpRows(comparison), ...imageRows(images)],
    },
    {
      title: "Memory of the servers after their loads, MB",
      columns: ["job", "server", "own", "resident, with mapped files"],
      rows: memory.map(({ job, name, ownBytes, residentBytes }) => [
        job,
        name,
        ownBytes / MB,
        residentBytes / MB,
      ]),
    },
    {
      title: "Loads",
      columns: ["job", "server", "step", "connections", "requests/s", "p50 ms", "p99 ms", "bytes", "errors"],
      rows: loads,
    },
    {
      title: "A photo into its pictures, on one core",
      columns: ["", "step", "photos", "images/s", "p50 ms", "p99 ms", "CPU ms", "peak MB"],
      rows: pictures,
    },
  ];
}

export function reportComparison(
  name: string,
  world: World,
  { plan, packages, found }: { plan: RoundPlan; packages: Record<string, string | null>; found: Comparison },
): void {
  const number = (value: number) => value.toLocaleString("en-US");
  const python = Object.entries(packages).flatMap(([one, version]) =>
    version === null ? [] : [`${one} ${version}`],
  );
  writeReport({
    name,
    title: "All four jobs beside the case studies, before and after",
    command: "npm run bench",
    versions: ["wrangler", "deno", "libsql", "hono"],
    notes: [
      `Data: ${number(world.products)} products (${world.label}), ${number(world.users)} users of the organisation and ${number(world.events)} events in all, ${number(world.posts)} posts; the same for all. One machine, one run, one client (bench/load-client.ts).`,
      `Servers of a job take turns, in the other direction every other round; medians of ${plan.rounds} rounds of ${plan.seconds} s. Before: what the case studies began with (a scan, 1 + 3N queries, N + 1 queries, three resizes), as few requests as it takes. After: what they came to. Cached: answers kept, beside answers kept.`,
      "Ours: all four jobs in one deployment of two processes, on Deno over a libSQL file, and the Worker in workerd with its database as a server; theirs: a server for each job, two processes of gunicorn, with Redis where it caches.",
      "Uncached: each search excludes another unknown word, each dashboard page begins behind another user and has 41 to 59 rows, no page of the feed is kept. Ours answers whole products, and posts with counts and two comments; theirs ids, and posts with all likes and comments.",
      "Images: from file to pictures in a process on one core, photo by photo in turns; ours reads all formats' headers and makes a ThumbHash where it makes WebPs.",
      ...(python.length > 0 ? [`Python packages: ${python.join(" · ")}`] : []),
      ...found.absent,
    ],
    tables: tablesOf(found).filter(({ rows }) => rows.length > 0),
    data: {
      plan,
      packages,
      world: { ...world, key: undefined, folder: undefined, database: undefined },
      ...found,
    },
  });
}

import { parseArgs } from "node:util";
import { WEAK } from "../../test/simulation/faults.ts";
import { findBug } from "../../test/simulation/find-bug.ts";
import type { Found } from "../../test/simulation/find-bug.ts";
import { PLANTED } from "../../test/simulation/planted/all.ts";
import { writeReport } from "../report.ts";
import { playSeeds, replaySeed } from "./seeds.ts";
import type { Played } from "./seeds.ts";

const ALL_SEEDS = 300;
const ALL_STEPS = 250;
/** Of the tests' own none is among these. */
const FIRST_SEED = 1_000;
const MOST_SECONDS = 60;

const { values: OPTIONS } = parseArgs({
  options: {
    seeds: { type: "string", default: String(ALL_SEEDS) },
    steps: { type: "string", default: String(ALL_STEPS) },
    from: { type: "string", default: String(FIRST_SEED) },
    seed: { type: "string" },
    bug: { type: "string" },
    trace: { type: "string" },
  },
});
const [SEEDS, STEPS, FROM] = [OPTIONS.seeds, OPTIONS.steps, OPTIONS.from].map(Number);
const bugs = PLANTED.filter(({ name }) => OPTIONS.bug === undefined || name === OPTIONS.bug);

async function findBugs(): Promise<Found[]> {
  const all: Found[] = [];
  for (const bug of bugs) {
    const found = await findBug(bug, { from: FROM, steps: STEPS, cpuSeconds: MOST_SECONDS });
    console.log(`${bug.name}: ${invariantOf(found)}, seed ${found.seed}, ${found.seconds.toFixed(1)} s`);
    all.push(found);
  }
  return all;
}

function invariantOf({ outcome }: Found): string {
  return outcome === null ? "NOT FOUND" : outcome.violations[0].invariant;
}

function seedsTable({ seeds, broken, seconds }: Played) {
  const sum = (of: (one: Played["seeds"][number]) => number): number =>
    seeds.reduce((all, one) => all + of(one), 0);
  return {
    title: "Played",
    columns: [
      "seeds",
      "violations",
      "steps",
      "requests",
      "batches of jobs",
      "events",
      "virtual hours",
      "seconds",
    ],
    rows: [
      [
        seeds.length,
        broken.length,
        sum(({ steps }) => steps),
        sum(({ requests }) => requests),
        sum(({ deliveries }) => deliveries),
        sum(({ events }) => events),
        sum(({ virtualMs }) => virtualMs) / 3_600_000,
        seconds,
      ],
    ],
  };
}

function report(played: Played, found: readonly Found[]): void {
  const isWhole =
    SEEDS === ALL_SEEDS && STEPS === ALL_STEPS && FROM === FIRST_SEED && OPTIONS.bug === undefined;
  const count = found.filter(({ outcome }) => outcome !== null).length;
  writeReport({
    name: isWhole ? "simulation" : "simulation-partial",
    title: "The application on a platform as weak as it may be",
    command: "npm run bench simulation",
    versions: ["hono", "libsql", "drizzle-orm"],
    notes: [
      `Seeds ${FROM} to ${FROM + SEEDS - 1}, ${STEPS} things that clients do in each; then each planted bug, seed after seed from ${FROM} on, with clients of its own job alone, until it is found or ${MOST_SECONDS} s of CPU time are over. The exit code is 1 where anything is broken, or a bug is not found.`,
      "The whole application (HTTP, queue, the minute's tick) over a real libSQL file in four isolates of two data centres; KV, cache, object storage, queue, the way to the database, clocks, evictions and two versions at once are simulated in virtual time (docs/simulation.md).",
      "Seconds are those of one process, from building the application with the bug to the broken invariant. A bug is a change of the application's text while it is loaded; none of it is in src/.",
    ],
    tables: [
      seedsTable(played),
      {
        title: `Planted bugs: ${count} of ${found.length} found`,
        columns: ["bug", "what", "found by", "seed", "seeds", "seconds", "of CPU"],
        rows: found.map((one) => [
          one.bug.name,
          one.bug.about,
          invariantOf(one),
          String(one.seed),
          one.seeds,
          one.seconds,
          one.cpuSeconds,
        ]),
      },
    ],
    data: {
      faults: WEAK,
      ...played,
      bugs: found.map(({ bug, outcome, seed, seeds, seconds, cpuSeconds }) => ({
        name: bug.name,
        seed,
        seeds,
        seconds,
        cpuSeconds,
        violation: outcome?.violations[0] ?? null,
        trace: outcome?.digest ?? null,
      })),
    },
  });
  if (played.broken.length > 0 || count < found.length) process.exitCode = 1;
}

if (bugs.length === 0) {
  console.error(`No bug is called "${OPTIONS.bug}": ${PLANTED.map(({ name }) => name).join(", ")}`);
  process.exitCode = 2;
} else if (OPTIONS.seed === undefined) {
  report(await playSeeds({ from: FROM, seeds: SEEDS, steps: STEPS }), await findBugs());
} else {
  const bug = OPTIONS.bug === undefined ? undefined : bugs[0];
  const isBroken = await replaySeed({ seed: Number(OPTIONS.seed), steps: STEPS, bug }, OPTIONS.trace);
  if (isBroken) process.exitCode = 1;
}

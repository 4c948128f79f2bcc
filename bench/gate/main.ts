import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchState } from "../deployment.ts";
import { compareExact, compareTimes, compareTrees, countTree, exactOf } from "./compare.ts";
import type { Exact, Settings } from "./compare.ts";
import { judgeCounts, regressions } from "./decision.ts";
import type { TimeFinding } from "./decision.ts";
import { photoJpeg } from "./picture.ts";
import { applyPlant, PLANTS } from "./planted.ts";
import type { Plant } from "./planted.ts";
import { TreeError } from "./process.ts";
import { reportAlarms, reportComparison, reportPlants } from "./report.ts";
import type { PlantResult } from "./report.ts";
import { addWorktree, defaultBase, HistoryError, workingTree } from "./worktrees.ts";

const { values: OPTIONS, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    forks: { type: "string" },
    rounds: { type: "string" },
    threshold: { type: "string" },
    only: { type: "string" },
    aa: { type: "string" },
    planted: { type: "boolean", default: false },
    counts: { type: "boolean", default: false },
  },
});

/** Others run on a machine of continuous integration: there only what is much slower fails, and every count. */
const QUICK = { forks: 2, rounds: 2, turnMs: 15, threshold: 1.5 };
const FULL = { forks: 7, rounds: 4, turnMs: 30, threshold: 1.05 };

function settingsOf(): Settings {
  const preset = OPTIONS.quick ? QUICK : FULL;
  return {
    // Counts are exact on any machine, time is not.
    forks: OPTIONS.counts ? 0 : Number(OPTIONS.forks ?? preset.forks),
    rounds: Number(OPTIONS.rounds ?? preset.rounds),
    threshold: Number(OPTIONS.threshold ?? preset.threshold),
    turnMs: preset.turnMs,
    only: OPTIONS.only?.split(";"),
  };
}

async function makePicture(): Promise<string> {
  mkdirSync(benchState(), { recursive: true });
  const file = join(benchState(), "one-megapixel.jpg");
  writeFileSync(file, await photoJpeg());
  return file;
}

async function compare(baseName: string, headName: string | undefined, settings: Settings): Promise<void> {
  const isQuick = OPTIONS.quick || OPTIONS.counts;
  const base = addWorktree(baseName, "base", isQuick);
  try {
    const head = headName === undefined ? workingTree() : addWorktree(headName, "head", isQuick);
    try {
      const pair = { base: base.root, head: head.root, picture: await makePicture() };
      const comparison = await compareTrees(pair, settings);
      reportComparison({ base: base.name, head: head.name }, comparison, settings);
      if (comparison.regressions.length > 0) process.exitCode = 1;
    } catch (error) {
      if (!(OPTIONS.counts && error instanceof TreeError && error.root === base.root)) throw error;
      console.log(`Skipped: ${base.name} lacks what the gate calls`);
    } finally {
      head.remove();
    }
  } finally {
    base.remove();
  }
}

/** Two copies of one commit, again and again: whatever is found is a false alarm. */
async function countAlarms(runs: number, settings: Settings): Promise<void> {
  const [one, other] = [addWorktree("HEAD", "base"), addWorktree("HEAD", "head")];
  try {
    const pair = { base: one.root, head: other.root, picture: await makePicture() };
    const counted = [await countTree(pair.base, pair.picture), await countTree(pair.head, pair.picture)];
    const different = judgeCounts(counted[0], counted[1], {}).filter(({ base, head }) => base !== head);
    for (const { name, base, head } of different) console.error(`${name}: ${base} and ${head}`);
    const found: TimeFinding[][] = [];
    for (let run = 0; run < runs; run++) {
      found.push(await compareTimes(pair, settings));
      const alarms = found[run].filter(({ verdict }) => verdict === "slower");
      console.error(`Run ${run + 1}: ${alarms.map(({ scenario }) => scenario).join(", ") || "no alarm"}`);
    }
    reportAlarms(found, { base: one.name, settings, hasSameCounts: different.length === 0 });
    if (different.length > 0) process.exitCode = 1;
  } finally {
    one.remove();
    other.remove();
  }
}

interface PlantBed {
  /** Of base and head alike. */
  commit: string;
  base: string;
  picture: string;
  /** Of the base. */
  exact: Exact;
}

/** Counted, and timed only where no count tells. */
async function tryPlant(
  plant: Plant,
  { commit, base, picture, exact }: PlantBed,
  settings: Settings,
): Promise<PlantResult> {
  const { name, scenarios } = plant;
  const head = addWorktree(commit, "head");
  try {
    applyPlant(head.root, plant);
    const isMeant = (found: string) => scenarios.some((one) => found.startsWith(`${one}:`));
    const found = regressions([], compareExact(exact, await exactOf(head.root, picture)));
    if (!found.some(isMeant)) {
      const pair = { base, head: head.root, picture };
      const times = await compareTimes(pair, { ...settings, only: settings.only ?? scenarios });
      found.push(...regressions(times, []));
    }
    const isCaught = found.some(isMeant);
    console.error(`${isCaught ? "caught" : "MISSED"}  ${name}\n        ${found.join("\n        ")}`);
    return { name, scenarios, regressions: found, isCaught };
  } finally {
    head.remove();
  }
}

async function plantAll(settings: Settings): Promise<void> {
  const base = addWorktree("HEAD", "base");
  try {
    const picture = await makePicture();
    const bed = { commit: base.name, base: base.root, picture, exact: await exactOf(base.root, picture) };
    const plants = PLANTS.filter(({ isTimed }) => !(isTimed === true && OPTIONS.counts));
    const results: PlantResult[] = [];
    for (const plant of plants) results.push(await tryPlant(plant, bed, settings));
    reportPlants(results, { base: base.name, settings, isWhole: plants.length === PLANTS.length });
    if (results.some(({ isCaught }) => !isCaught)) process.exitCode = 1;
  } finally {
    base.remove();
  }
}

async function main(): Promise<void> {
  const settings = settingsOf();
  if (OPTIONS.aa !== undefined) return countAlarms(Number(OPTIONS.aa), settings);
  if (OPTIONS.planted) return plantAll(settings);
  const base = positionals[0] ?? defaultBase();
  if (base === null) {
    console.log("Skipped: this clone has no earlier commit to compare with");
    return;
  }
  await compare(base, positionals[1], settings);
}

await main().catch((error: unknown) => {
  if (!(error instanceof HistoryError) && !(error instanceof TreeError)) throw error;
  console.error(`Cannot compare: ${error.message}`);
  process.exitCode = 2;
});

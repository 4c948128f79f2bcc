import { readFileSync } from "node:fs";
import { bundleBytes } from "./bundle.ts";
import type { Counts } from "./counters.ts";
import { judgeCount, judgeCounts, judgeTimes, regressions } from "./decision.ts";
import type { Accepted, CountFinding, TimeFinding } from "./decision.ts";
import { TreeProcess } from "./process.ts";
import { timeTrees } from "./timing.ts";
import type { Pair, Plan } from "./timing.ts";

export interface Settings extends Plan {
  /** Slower is what takes more than this times as much CPU. */
  threshold: number;
}

/** All that two states of the sources differ in. */
export interface Comparison {
  times: TimeFinding[];
  counts: CountFinding[];
  /** What to fail with. */
  regressions: string[];
}

function readAccepted(): Accepted {
  const text = readFileSync(new URL("accepted.json", import.meta.url), "utf8");
  return JSON.parse(text) as Accepted;
}

export async function countTree(root: string, picture: string): Promise<Record<string, Counts>> {
  const process = await TreeProcess.start(root, picture);
  return process.counts().finally(() => process.stop());
}

/** What is exact of one state of the sources. */
export interface Exact {
  counts: Record<string, Counts>;
  bundleBytes: number;
}

export async function exactOf(root: string, picture: string): Promise<Exact> {
  return { counts: await countTree(root, picture), bundleBytes: await bundleBytes(root) };
}

export function compareExact(base: Exact, head: Exact): CountFinding[] {
  const accepted = readAccepted();
  const bytes = [base.bundleBytes, head.bundleBytes] as const;
  const counts = judgeCounts(base.counts, head.counts, accepted);
  return [...counts, judgeCount("bundle, gzipped bytes", bytes, { accepted })];
}

/** Counts first, which are exact, then time. */
export async function compareTrees(pair: Pair, settings: Settings): Promise<Comparison> {
  const { base, head, picture } = pair;
  const counts = compareExact(await exactOf(base, picture), await exactOf(head, picture));
  const times = await compareTimes(pair, settings);
  return { times, counts, regressions: regressions(times, counts) };
}

/** Time alone, as often as asked: between two copies of one state each finding is a false alarm. */
export async function compareTimes(pair: Pair, settings: Settings): Promise<TimeFinding[]> {
  return judgeTimes(await timeTrees(pair, settings), settings.threshold);
}

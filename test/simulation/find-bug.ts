import { loadSubject } from "./load-subject.ts";
import type { PlantedBug } from "./planted/bug.ts";
import { simulate } from "./simulate.ts";
import type { Outcome } from "./simulate.ts";

export interface Found {
  bug: PlantedBug;
  /** `null` where it was not found in time. */
  outcome: Outcome | null;
  /** Of the outcome, or the last that was played. */
  seed: number;
  seeds: number;
  seconds: number;
  /** Of this process alone, however busy the machine is. */
  cpuSeconds: number;
}

export interface Search {
  from: number;
  steps: number;
  /** Of CPU time. */
  cpuSeconds: number;
}

/** Plays seed after seed with the bug until an invariant is broken. */
export async function findBug(bug: PlantedBug, { from, steps, cpuSeconds: most }: Search): Promise<Found> {
  const started = performance.now();
  const before = process.cpuUsage();
  const subject = await loadSubject(bug.edits);
  for (let seed = from; ; seed++) {
    const outcome = await simulate({ subject, seed, steps, jobs: [bug.job] });
    const { user, system } = process.cpuUsage(before);
    const cpuSeconds = (user + system) / 1_000_000;
    const isFound = outcome.violations.length > 0;
    if (!isFound && cpuSeconds <= most) continue;
    const seconds = (performance.now() - started) / 1_000;
    return { bug, outcome: isFound ? outcome : null, seed, seeds: seed - from + 1, seconds, cpuSeconds };
  }
}

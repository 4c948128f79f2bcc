import { performance as clock } from "node:perf_hooks";
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
}

export interface Search {
  from: number;
  steps: number;
  seconds: number;
}

/** Plays seed after seed with the bug until an invariant is broken. */
export async function findBug(bug: PlantedBug, { from, steps, seconds: most }: Search): Promise<Found> {
  const started = clock.now();
  const subject = await loadSubject(bug.edits);
  for (let seed = from; ; seed++) {
    const outcome = await simulate({ subject, seed, steps });
    const seconds = (clock.now() - started) / 1_000;
    const isFound = outcome.violations.length > 0;
    if (isFound || seconds > most)
      return { bug, outcome: isFound ? outcome : null, seed, seeds: seed - from + 1, seconds };
  }
}

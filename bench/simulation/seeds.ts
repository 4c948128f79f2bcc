import { describeFailure, textOf } from "../../test/simulation/failure.ts";
import { loadSubject } from "../../test/simulation/load-subject.ts";
import type { PlantedBug } from "../../test/simulation/planted/bug.ts";
import { simulate } from "../../test/simulation/simulate.ts";
import type { Violation } from "../../test/simulation/world.ts";

export interface Played {
  seeds: {
    seed: number;
    steps: number;
    events: number;
    requests: number;
    /** Batches of messages that an isolate was given. */
    deliveries: number;
    virtualMs: number;
    trace: string;
  }[];
  broken: { seed: number; violation: Violation }[];
  seconds: number;
}

const PROGRESS_EVERY = 25;

/** The application as it is; says at once which seed breaks it, and how to play that again. */
export async function playSeeds(of: { from: number; seeds: number; steps: number }): Promise<Played> {
  const { from, seeds: count, steps } = of;
  const started = performance.now();
  const subject = await loadSubject();
  const seeds: Played["seeds"] = [];
  const broken: Played["broken"] = [];
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await simulate({ subject, seed, steps });
    const { events, digest: trace, lines, violations } = outcome;
    const virtualMs = (lines.at(-1)?.at ?? 0) - (lines[0]?.at ?? 0);
    const requests = lines.filter(({ what }) => what === "begins").length;
    const deliveries = lines.filter(({ what }) => what === "delivered").length;
    seeds.push({ seed, steps: outcome.steps, events, requests, deliveries, virtualMs, trace });
    if (seeds.length % PROGRESS_EVERY === 0) console.error(`${seeds.length} of ${count} seeds played`);
    if (violations.length === 0) continue;
    broken.push({ seed, violation: violations[0] });
    console.error(describeFailure(outcome, { seed, steps }));
  }
  return { seeds, broken, seconds: (performance.now() - started) / 1_000 };
}

/** Plays one seed again, with what was planted then, and shows of its trace what has `word` in it. */
export async function replaySeed(
  of: { seed: number; steps: number; bug: PlantedBug | undefined },
  word: string | undefined,
): Promise<boolean> {
  const { seed, steps, bug } = of;
  const outcome = await simulate({
    subject: await loadSubject(bug?.edits),
    seed,
    steps,
    ...(bug !== undefined && { jobs: [bug.job] }),
  });
  const { lines, digest, events, violations } = outcome;
  const start = lines[0]?.at ?? 0;
  for (const line of lines)
    if (word !== undefined && `${line.who}: ${line.what}`.includes(word)) console.log(textOf(line, start));
  console.log(`Seed ${seed}: ${outcome.steps} steps, ${events} events, trace ${digest}`);
  const isBroken = violations.length > 0;
  console.log(isBroken ? describeFailure(outcome, { seed, steps, bug: bug?.name }) : "Nothing is broken");
  return isBroken;
}

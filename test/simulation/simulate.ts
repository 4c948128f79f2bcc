import type { Faults } from "./faults.ts";
import { WEAK } from "./faults.ts";
import { AnalyticsJob } from "./jobs/analytics.ts";
import { FeedJob } from "./jobs/feed.ts";
import { GeneralJob } from "./jobs/general.ts";
import { ImagesJob } from "./jobs/images.ts";
import { SearchJob } from "./jobs/search.ts";
import type { TraceLine } from "./kernel.ts";
import type { Subject } from "./load-subject.ts";
import { World } from "./world.ts";
import type { Violation } from "./world.ts";

/** What clients do of one of the four jobs of the platform, and what must hold of it. */
export interface SimulatedJob {
  /** Begins something, or does nothing where too much is under way. */
  act(): void;
  /** All has come to rest: what was promised is so. */
  settled(): Promise<void>;
}

const JOBS = {
  search: SearchJob,
  feed: FeedJob,
  analytics: AnalyticsJob,
  images: ImagesJob,
  general: GeneralJob,
} satisfies Record<string, new (world: World) => SimulatedJob>;
export type JobName = keyof typeof JOBS;
const ALL = Object.keys(JOBS) as JobName[];
export const JOB_NAMES: readonly JobName[] = ALL;

export interface Simulation {
  subject: Subject;
  seed: number;
  /** Things that clients begin. */
  steps: number;
  faults?: Faults;
  /** Whose clients do something; what holds of all is watched in any case. */
  jobs?: readonly JobName[];
}

export interface Outcome {
  violations: readonly Violation[];
  lines: readonly TraceLine[];
  digest: string;
  /** Steps until the first violation, or all. */
  steps: number;
  events: number;
}

/** Plays `steps` things that clients do, with what the platform does to them, until all is at rest or something is wrong. */
export async function simulate(simulation: Simulation): Promise<Outcome> {
  const { steps, faults = WEAK, jobs: names = JOB_NAMES } = simulation;
  const world = await World.open({ ...simulation, faults });
  try {
    const busy = names.map((name): SimulatedJob => new JOBS[name](world));
    const jobs = names.includes("general") ? busy : [...busy, new GeneralJob(world)];
    let step = 0;
    while (step < steps && !world.isBroken) {
      step++;
      world.pick(busy).act();
      world.machines.upset();
      await world.run(pauseOf(world));
    }
    if (!world.isBroken) await world.quiesce();
    for (const job of jobs) if (!world.isBroken) await settle(world, job);
    const { violations, kernel } = world;
    return {
      violations,
      lines: kernel.lines,
      digest: kernel.digest(),
      steps: step,
      events: kernel.lines.length,
    };
  } finally {
    world.close();
  }
}

async function settle(world: World, job: SimulatedJob): Promise<void> {
  const state = { isOver: false };
  world.begin(() => job.settled().finally(() => (state.isOver = true)));
  while (!state.isOver && !world.isBroken) await world.run(1_000);
}

/** Mostly short, so that much is under way at once; at times as long as caches live, or until the hour's work is due. */
function pauseOf({ kernel: { random } }: World): number {
  const dice = random.next();
  if (dice < 0.9) return random.next() * 400;
  if (dice < 0.97) return random.next() * 6_000;
  if (dice < 0.995) return random.next() * 100_000;
  return random.next() * 20 * 60_000;
}

import { TreeProcess } from "./process.ts";

export interface Plan {
  /** Pairs of processes. */
  forks: number;
  /** Of each pair; a round is each scenario four times, base and head in the order ABBA or BAAB. */
  rounds: number;
  /** CPU that a scenario gets in a turn. */
  turnMs: number;
  /** Scenarios to be timed; all where absent. */
  only?: readonly string[];
}

/** CPU of the head ÷ that of the base: by pair of processes, then by round. */
export interface Timing {
  scenario: string;
  forks: number[][];
  /** CPU of one operation of the base, in the last pair. */
  baseMs: number;
}

/** The states of the sources that are compared, and the picture for both. */
export interface Pair {
  base: string;
  head: string;
  picture: string;
}

const MAX_OPERATIONS = 400;
const WARM_OPERATIONS = 60;

type Both = readonly [base: TreeProcess, head: TreeProcess];

/** Warms the scenario in both, and answers how many operations make a turn; both do the same ones. */
async function calibrate([base, head]: Both, scenario: string, turnMs: number): Promise<number> {
  let operations = 1;
  for (;;) {
    const ms = await base.cpuMs(scenario, operations);
    await head.cpuMs(scenario, operations);
    if (ms * 2 > turnMs || operations >= WARM_OPERATIONS) {
      const wanted = Math.round((operations * turnMs) / Math.max(ms, 0.01));
      return Math.min(MAX_OPERATIONS, Math.max(1, wanted));
    }
    operations *= 2;
  }
}

/** What drifts over a few turns (clock rate, growing tables) falls on both alike. */
async function ratioOf(
  [base, head]: Both,
  scenario: string,
  { operations, isTurned }: { operations: number; isTurned: boolean },
): Promise<{ ratio: number; baseMs: number }> {
  const [first, second] = isTurned ? [head, base] : [base, head];
  const one = await first.cpuMs(scenario, operations);
  const other = (await second.cpuMs(scenario, operations)) + (await second.cpuMs(scenario, operations));
  const again = one + (await first.cpuMs(scenario, operations));
  const [baseMs, headMs] = isTurned ? [other, again] : [again, other];
  return { ratio: headMs / baseMs, baseMs: baseMs / 2 / operations };
}

async function startBoth({ base, head, picture }: Pair, isTurned: boolean): Promise<Both> {
  const roots = isTurned ? [head, base] : [base, head];
  const first = await TreeProcess.start(roots[0], picture);
  const second = await TreeProcess.start(roots[1], picture).catch((error: unknown) => {
    first.stop();
    throw error;
  });
  return isTurned ? [second, first] : [first, second];
}

async function timeFork(pair: Pair, plan: Plan, fork: number, timings: Map<string, Timing>): Promise<void> {
  const both = await startBoth(pair, fork % 2 === 1);
  try {
    const names = both[0].scenarios.filter((name) => plan.only?.includes(name) ?? true);
    const operations = new Map<string, number>();
    for (const name of names) operations.set(name, await calibrate(both, name, plan.turnMs));
    for (let round = 0; round < plan.rounds; round++) {
      for (const name of names) {
        const turn = { operations: operations.get(name) ?? 1, isTurned: (round + fork) % 2 === 1 };
        const { ratio, baseMs } = await ratioOf(both, name, turn);
        const timing = timings.get(name) ?? { scenario: name, forks: [], baseMs };
        (timing.forks[fork] ??= []).push(ratio);
        timings.set(name, { ...timing, baseMs });
      }
    }
  } finally {
    for (const process of both) process.stop();
  }
}

/** Paired, interleaved runs of all scenarios. */
export async function timeTrees(pair: Pair, plan: Plan): Promise<Timing[]> {
  const timings = new Map<string, Timing>();
  for (let fork = 0; fork < plan.forks; fork++) await timeFork(pair, plan, fork, timings);
  return [...timings.values()];
}

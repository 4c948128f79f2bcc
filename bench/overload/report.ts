import { writeReport } from "../report.ts";
import type { World } from "../world/world.ts";
import { DEADLINE_MS, WARM_SECONDS } from "./goodput.ts";
import type { Goodput } from "./goodput.ts";
import { VISITORS } from "./visitors.ts";

/** A load, in parts of the capacity. */
export interface Level extends Goodput {
  of: number;
}

export interface Fairness {
  quiet: Goodput;
  flood: Goodput;
}

export interface OverloadResult {
  /** Requests a second. */
  capacity: number;
  /** Milliseconds of an answer by route, where nothing else is asked for. */
  costs: Readonly<Record<string, number>>;
  levels: Level[];
  /** With `ADMISSION=off`. */
  unguarded: Level[];
  fairness: Fairness | null;
  unfair: Fairness | null;
}

const GOAL = 0.8;

function rowOf(name: string, of: Goodput) {
  const { asked, good, refused, lost, perSecond, workPerSecond, p50, p99, refusalP99 } = of;
  const part = (count: number) => `${((100 * count) / Math.max(1, asked)).toFixed(1)} %`;
  return [name, perSecond, workPerSecond, part(good), part(refused), part(lost), p50, p99, refusalP99];
}

function share({ good, asked }: Goodput): string {
  return `${((100 * good) / Math.max(1, asked)).toFixed(1)} %`;
}

/** Whether the goal is held. */
export function reportOverload(
  name: string,
  { world, seconds }: { world: World; seconds: number },
  { capacity, costs, levels, unguarded, fairness, unfair }: OverloadResult,
): boolean {
  const at = (list: readonly Level[], of: "perSecond" | "workPerSecond"): number =>
    (list.at(-1)?.[of] ?? 0) / Math.max(...levels.map((level) => level[of]));
  const columns = [
    "load",
    "good answers/s",
    "their work, ms/s",
    "good",
    "refused",
    "lost",
    "p50 ms",
    "p99 ms",
    "p99 of refusals",
  ];
  const named = (list: readonly Level[], suffix = "") =>
    list.map((level) => rowOf(`${level.of} × the capacity${suffix}`, level));
  const parties = [
    ["with admission", fairness],
    ["without", unfair],
  ] as const;
  writeReport({
    name,
    title: "More requests than can be answered",
    command: "npm run bench overload",
    versions: ["deno", "libsql", "hono"],
    notes: [
      `The Deno deployment in one process, all four jobs without uploads (${world.label}, ${world.products.toLocaleString("en-US")} products). The capacity is what a closed loop of 12 connections gets without admission: ${capacity.toFixed(0)} requests/s.`,
      `Then open loops of ${seconds} s (Poisson), the first ${WARM_SECONDS} s of each not counted. Good is an answer below 400 within ${DEADLINE_MS} ms of the time at which the request was due; refused a 503 (overloaded) within that time; lost all else. The client has a core of its own at best, and gives up after 3 s.`,
      "Work: what good answers take where nothing else is asked for, by route. At too high a load each visitor, person and organisation gets the same, so that other requests are answered than were asked for, cheaper or dearer ones: counts alone compare unlike things.",
      `Visitors who are not signed in come from ${VISITORS} addresses, where the machine has them (Linux), and are as many clients.`,
      `Fairness: an organisation that asks for 5 % of the capacity, beside another with 3 times the capacity.`,
    ],
    tables: [
      {
        title: `Good answers at 3 times the capacity ÷ best; goal ${GOAL} of their work`,
        columns: ["", "work", "answers", "a quiet organisation beside a flood is answered"],
        rows: (
          [
            ["with admission", levels, fairness],
            ["without", unguarded, unfair],
          ] as const
        ).map(([how, list, pair]) => [
          how,
          at(list, "workPerSecond"),
          at(list, "perSecond"),
          pair === null ? null : share(pair.quiet),
        ]),
      },
      { title: "By load", columns, rows: [...named(levels), ...named(unguarded, ", without admission")] },
      {
        title: "Two organisations",
        columns,
        rows: parties.flatMap(([how, pair]) =>
          pair === null ? [] : [rowOf(`quiet, ${how}`, pair.quiet), rowOf(`flood, ${how}`, pair.flood)],
        ),
      },
    ],
    data: { capacity, costs, levels, unguarded, fairness, unfair },
  });
  return at(levels, "workPerSecond") >= GOAL;
}

import { writeReport } from "../report.ts";
import type { Table } from "../report.ts";
import type { CountFinding, TimeFinding } from "./decision.ts";
import type { Comparison, Settings } from "./compare.ts";

const VERSIONS = ["libsql", "hono", "drizzle-orm"];

/** How it is measured, one sentence a line. */
export function methodNotes({ forks, rounds, turnMs, threshold }: Settings): string[] {
  const percent = Math.round((threshold - 1) * 100);
  const time = `CPU time of ${forks} pairs of processes, ${rounds} rounds each, base and head in the order ABBA or BAAB, ${turnMs} ms a turn; the interval of 95 % by a bootstrap of pairs and of rounds within them. Slower: all of the interval is above ${percent} %.`;
  return [
    "The whole application over memory ports and a libSQL file, in processes of one thread pinned to one core; a small shop of 3,000 products, 20,000 events, 2,000 posts.",
    ...(forks === 0 ? [] : [time]),
    "Counts are exact, since random numbers, clock and order are fixed: round trips, operations of KV, caches, blobs and queue, and steps of SQLite's machine (sqlite_stmt). Any increase fails, steps above 2 %, unless bench/gate/accepted.json has it.",
  ];
}

function timeTable(times: readonly TimeFinding[]): Table {
  return {
    title: "CPU of an operation",
    columns: ["scenario", "head ÷ base", "95 % from", "to", "base, ms", "verdict"],
    rows: times.map(({ scenario, estimate, low, high, baseMs, verdict }) => [
      scenario,
      estimate,
      low,
      high,
      baseMs,
      verdict,
    ]),
  };
}

function countTable(counts: readonly CountFinding[]): Table {
  const changed = counts.filter(({ verdict, base, head }) => verdict !== "same" || base !== head);
  return {
    title: `Counts that differ (of ${counts.length})`,
    columns: ["count of 8 operations", "base", "head", "verdict"],
    rows: changed.map(({ name, base, head, verdict }) => [name, base, head, verdict]),
  };
}

export function reportComparison(
  names: { base: string; head: string },
  comparison: Comparison,
  settings: Settings,
): void {
  const { times, counts, regressions } = comparison;
  writeReport({
    name: "gate-partial",
    title: `Cost of ${names.head} beside ${names.base}`,
    command: `npm run bench:gate -- ${names.base} ${names.head}`,
    versions: VERSIONS,
    notes: [
      ...methodNotes(settings),
      ...(regressions.length === 0
        ? ["No regression."]
        : regressions.map((found) => `**Regression**: ${found}`)),
    ],
    tables: [timeTable(times), countTable(counts)].filter(({ rows }) => rows.length > 0),
    data: { names, settings, ...comparison },
  });
}

export interface PlantResult {
  name: string;
  scenarios: readonly string[];
  regressions: string[];
  isCaught: boolean;
}

export function reportPlants(
  results: readonly PlantResult[],
  { base, settings, isWhole }: { base: string; settings: Settings; isWhole: boolean },
): void {
  const caught = results.filter(({ isCaught }) => isCaught).length;
  writeReport({
    name: isWhole ? "gate-planted" : "gate-planted-partial",
    title: "Planted regressions at the gate",
    command: "npm run bench:gate -- --planted",
    versions: VERSIONS,
    notes: [
      ...methodNotes(settings),
      `Each is planted into ${base} by itself, and timed where no count tells: ${caught} of ${results.length} caught.`,
    ],
    tables: [
      {
        title: "Planted",
        columns: ["regression", "caught", "found"],
        rows: results.map(({ name, isCaught, regressions }) => [
          name,
          isCaught ? "yes" : "**missed**",
          regressions.slice(0, 3).join("; ") || "–",
        ]),
      },
    ],
    data: { base, settings, results },
  });
}

export function reportAlarms(
  runs: readonly (readonly TimeFinding[])[],
  { base, settings, hasSameCounts }: { base: string; settings: Settings; hasSameCounts: boolean },
): void {
  const all = runs.flat();
  const slower = all.filter(({ verdict }) => verdict === "slower");
  const alarmed = runs.filter((times) => times.some(({ verdict }) => verdict === "slower")).length;
  const scenarios = [...new Set(all.map(({ scenario }) => scenario))];
  writeReport({
    name: "gate-alarms",
    title: "False alarms of the gate",
    command: `npm run bench:gate -- --aa ${runs.length}`,
    versions: VERSIONS,
    notes: [
      ...methodNotes(settings),
      `${base} beside another copy of itself: ${alarmed} of ${runs.length} runs alarm (${slower.length} of ${all.length} verdicts).`,
      hasSameCounts
        ? "Counts were equal in both copies."
        : "**Counts were not equal in both copies**: something is drawn at random or by the time.",
    ],
    tables: [
      {
        title: "By scenario",
        columns: [
          "scenario",
          "runs",
          "alarms",
          "least ratio",
          "greatest ratio",
          "greatest lower bound",
          "mean width of the interval",
        ],
        rows: scenarios.map((scenario) => {
          const own = all.filter((one) => one.scenario === scenario);
          const estimates = own.map(({ estimate }) => estimate);
          const width = own.reduce((sum, { low, high }) => sum + high - low, 0) / own.length;
          const alarms = own.filter(({ verdict }) => verdict === "slower").length;
          const bound = Math.max(...own.map(({ low }) => low));
          return [scenario, own.length, alarms, Math.min(...estimates), Math.max(...estimates), bound, width];
        }),
      },
    ],
    data: { base, settings, hasSameCounts, runs },
  });
}

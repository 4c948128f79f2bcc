import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import type { HistoryCounts } from "../../test/services/feed/histories-player.ts";
import { writeReport } from "../report.ts";

const ALL = 2_000;
/** Of the tests' seeds none is among these. */
const FIRST_SEED = 1_000_000;
const CHILD = fileURLToPath(new URL("histories-child.ts", import.meta.url));
const MAX_OUTPUT = 2 ** 26;
const SHOWN_VIOLATIONS = 50;

const { values: OPTIONS } = parseArgs({
  options: {
    histories: { type: "string", default: String(ALL) },
    from: { type: "string", default: String(FIRST_SEED) },
    processes: { type: "string", default: "2" },
  },
});
const [HISTORIES, FROM, PROCESSES] = [OPTIONS.histories, OPTIONS.from, OPTIONS.processes].map(Number);

async function play(from: number, count: number): Promise<HistoryCounts> {
  const args = [
    "--disable-warning=ExperimentalWarning",
    CHILD,
    "--from",
    String(from),
    "--count",
    String(count),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: MAX_OUTPUT });
  return JSON.parse(stdout) as HistoryCounts;
}

type Numbers = Omit<HistoryCounts, "violations">;

const WHAT: Readonly<Record<keyof Numbers, string>> = {
  histories: "histories",
  acts: "acts: posts, deletions, likes, comments, friendships and their ends, blocks, mutes",
  pages: "pages, each by several skeletons and by the service",
  timelinePages: "of them such as a timeline could give",
  posts: "posts read while scrolling",
  jobs: "jobs run",
  redelivered: "of them again",
  interrupted: "of them interrupted",
};

const each = Math.ceil(HISTORIES / PROCESSES);
const started = performance.now();
const parts = await Promise.all(
  Array.from({ length: PROCESSES }, (_, i) => play(FROM + i * each, Math.min(each, HISTORIES - i * each))),
);
const seconds = (performance.now() - started) / 1_000;
const names = Object.keys(WHAT) as (keyof Numbers)[];
const sums = names.map((name) => [name, parts.reduce((sum, part) => sum + part[name], 0)] as const);
const violations = parts.flatMap((part) => part.violations);

writeReport({
  name: HISTORIES === ALL && FROM === FIRST_SEED ? "feed-histories" : "feed-histories-partial",
  title: "Whether feeds are right, whatever happens meanwhile",
  command: "npm run bench feed-histories",
  notes: [
    "Seeded histories of six people who write, delete, like, comment, become friends, end it, block and mute, while timelines are built, trimmed and dropped, and jobs run late, twice, in any order and interrupted between their transactions; one of the six reads their feed to its end (test/services/feed/histories-player.ts).",
    "Each page, by timeline and by index in several settings, is compared with the rules in words over all rows; so are everybody's whole feeds in the end. Each post that is seen all the while must come once, in full pages.",
    "At each step: no timeline lacks a post. In the end of each history: nothing is left over of jobs, and the like and comment counts of all posts equal a recount.",
    `Seeds ${FROM.toLocaleString("en-US")} to ${(FROM + HISTORIES - 1).toLocaleString("en-US")}, ${PROCESSES} processes, ${seconds.toFixed(0)} s.`,
  ],
  tables: [
    {
      title: "Played",
      columns: ["what", "number"],
      rows: [["violations", violations.length], ...sums.map(([name, sum]) => [WHAT[name], sum])],
    },
    ...(violations.length === 0
      ? []
      : [
          {
            title: "Violations",
            columns: ["what"],
            rows: violations.slice(0, SHOWN_VIOLATIONS).map((one) => [one]),
          },
        ]),
  ],
  data: { ...Object.fromEntries(sums), violations, seconds },
  versions: ["libsql"],
});
if (violations.length > 0) process.exitCode = 1;

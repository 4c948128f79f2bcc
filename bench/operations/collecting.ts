import { fork, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Interval, ratioInterval } from "../bootstrap.ts";
import { seeded } from "../random.ts";
import { writeReport } from "../report.ts";
import { percentile } from "../statistics.ts";
import { type Arm, ARMS } from "./arms.ts";
import type { Turn } from "./collecting-child.ts";

const { values: OPTIONS } = parseArgs({
  options: {
    processes: { type: "string", default: "5" },
    rounds: { type: "string", default: "12" },
    requests: { type: "string", default: "300" },
  },
});
const FULL = OPTIONS.processes === "5" && OPTIONS.rounds === "12" && OPTIONS.requests === "300";
const CHILD = fileURLToPath(new URL("collecting-child.ts", import.meta.url));
const COLLECTOR = fileURLToPath(new URL("collector-process.ts", import.meta.url));
const FLAGS = ["--single-threaded", "--disable-warning=ExperimentalWarning"];

function runProcess(collectorUrl: string): Turn[] {
  const args = [...FLAGS, CHILD, collectorUrl, OPTIONS.rounds, OPTIONS.requests];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`The measuring process ended with ${status}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Turn);
}

interface Finding {
  scenario: string;
  arm: Arm;
  cpu: Interval;
  cpuUs: number;
  p50Us: number;
  p99Us: number;
}

function findingOf(runs: readonly Turn[][], scenario: string, arm: Arm): Finding {
  const of = (turns: readonly Turn[], which: Arm) =>
    turns.filter((turn) => turn.scenario === scenario && turn.arm === which);
  const ratios = runs.map((turns) => {
    const base = of(turns, "nothing");
    return of(turns, arm).map(({ cpuMs }, i) => cpuMs / base[i].cpuMs);
  });
  const mine = runs.flatMap((turns) => of(turns, arm));
  const latencies = mine.flatMap((turn) => turn.latencies).toSorted((a, b) => a - b);
  const cpuMs = mine.reduce((sum, turn) => sum + turn.cpuMs, 0);
  const requests = mine.reduce((sum, turn) => sum + turn.requests, 0);
  return {
    scenario,
    arm,
    cpu: ratioInterval(ratios, seeded(1)),
    cpuUs: (cpuMs / requests) * 1_000,
    p50Us: percentile(latencies, 50) * 1_000,
    p99Us: percentile(latencies, 99) * 1_000,
  };
}

function report(findings: readonly Finding[]): void {
  writeReport({
    name: FULL ? "collecting" : "collecting-partial",
    title: "What it costs to be seen",
    command: "npm run bench collecting",
    versions: ["hono", "libsql"],
    notes: [
      "The whole application over memory ports and a libSQL file, one request after the other in one thread; a shop of 3,000 products. Each way takes its turn in every round, on the same state, in alternating order.",
      `${OPTIONS.processes} processes, ${OPTIONS.rounds} rounds each, ${OPTIONS.requests} requests a turn; the ratio is CPU time beside the same round's turn that collects nothing, its interval of 95 % by a bootstrap of processes and of rounds within them.`,
      "All that is done after the response is in the CPU time: each flush into the process's own store (once a second of the clock, which goes on by a millisecond a request), and spans sent to a collector in another process. Logs are off in all.",
    ],
    tables: [
      {
        title: "Beside an application that collects nothing",
        columns: [
          "request",
          "what is collected",
          "CPU ratio",
          "95 % from",
          "to",
          "CPU, µs",
          "p50, µs",
          "p99, µs",
        ],
        rows: findings.map(({ scenario, arm, cpu, cpuUs, p50Us, p99Us }) => [
          scenario,
          arm,
          cpu.estimate,
          cpu.low,
          cpu.high,
          cpuUs,
          p50Us,
          p99Us,
        ]),
      },
    ],
    data: { options: OPTIONS, findings },
  });
}

async function main(): Promise<void> {
  const collector = fork(COLLECTOR, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  try {
    const url = await new Promise<string>((resolve) => {
      collector.stdout?.once("data", (data: Buffer) => resolve(String(data).trim()));
    });
    const runs = Array.from({ length: Number(OPTIONS.processes) }, () => runProcess(url));
    const scenarios = [...new Set(runs[0].map(({ scenario }) => scenario))];
    report(scenarios.flatMap((scenario) => ARMS.map((arm) => findingOf(runs, scenario, arm))));
  } finally {
    collector.kill();
  }
}

await main();

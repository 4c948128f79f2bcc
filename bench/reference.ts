import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { benchState } from "./deployment.ts";

const PYTHON = "/usr/bin/python3";
const run = promisify(execFile);

/** One measured load, as the reference's client prints it; milliseconds. */
export interface Load {
  variant: string;
  concurrency: number;
  p50_ms: number;
  p95_ms: number | null;
  p99_ms: number | null;
  rps: number;
  rps_wrk: number | null;
  bytes_mean: number;
  errors: number;
}

/**
 * Runs a script of the reference; its results are JSON lines. Never blocks: this process also reads the Worker's log,
 * and a full pipe would stop the Worker.
 */
export async function runPython(folder: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, REF_HOME: join(benchState(), "reference"), PYTHONDONTWRITEBYTECODE: "1" };
  const { stdout, stderr } = await run(PYTHON, args, { cwd: folder, env, maxBuffer: 2 ** 26 });
  if (stdout === "" && stderr !== "") console.error(stderr);
  return stdout;
}

export function jsonLines(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as unknown);
}

function writePaths(paths: readonly string[]): string {
  const file = join(benchState(), "paths.txt");
  writeFileSync(file, paths.join("\n"));
  return file;
}

/** Latencies and requests/s by the reference's epoll client, which treats slow and fast servers alike. */
export async function loadByEpoll(
  folder: string,
  args: { port: number; connections: number; paths: readonly string[]; total: number },
): Promise<Omit<Load, "variant" | "rps_wrk">> {
  const { port, connections, paths, total } = args;
  const options = [
    "--port",
    String(port),
    "-c",
    String(connections),
    "--paths",
    writePaths(paths),
    "--total",
    String(total),
  ];
  const printed = JSON.parse(await runPython(folder, ["load.py", ...options])) as Omit<Load, "concurrency">;
  return { ...printed, concurrency: connections };
}

const WRK = `
import sys, json
sys.path.insert(0, sys.argv[1])
import common as C
paths = [line for line in open(sys.argv[2]).read().split("\\n") if line]
print(json.dumps(C.wrk_rps(paths, int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))))`;

/** Requests/s by wrk; `null` where it is absent or any request failed. Its percentiles are invented, so they are left out. */
export async function rateByWrk(
  folder: string,
  args: { port: number; connections: number; paths: readonly string[]; seconds: number },
): Promise<number | null> {
  const options = [args.connections, args.seconds, args.port].map(String);
  return JSON.parse(await runPython(folder, ["-c", WRK, folder, writePaths(args.paths), ...options])) as
    | number
    | null;
}

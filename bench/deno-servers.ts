import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { freePort } from "../scripts/dev/ports.ts";
import { benchState, OPERATOR_KEY } from "./deployment.ts";
import { ROOT } from "./paths.ts";
import { descendants } from "./processes.ts";

const HOST = "127.0.0.1";
const ENTRY = join(ROOT, "bench/deno-server.ts");
const FLAGS = ["run", "-A", "--unstable-cron", "--unstable-net", "--node-modules-dir=manual"];

export interface Servers {
  port: number;
  /** Those that answer, and what they ask. */
  pids: number[];
  stop(): Promise<void>;
}

export interface DenoOptions {
  /** Folders of what each process keeps, as they are; new ones where absent. */
  states?: readonly string[];
  variables?: Readonly<Record<string, string>>;
  /** The program of a process, instead of that which serves the deployment alone. */
  entry?: string;
  /** Of the first process' inspector, where one shall listen. */
  inspectorPort?: number;
}

/** A folder without anything. */
function emptyState(i: number): string {
  const state = join(benchState(), `feed/deno-${i}`);
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  return state;
}

function denoProgram(): string {
  const manifest = createRequire(import.meta.url).resolve("deno/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | { deno: string } };
  return join(dirname(manifest), typeof bin === "string" ? bin : bin.deno);
}

/** By what it says: the port answers as soon as the first of several listens. */
function untilListening(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.stderr?.on("data", (piece: Buffer) => {
    process.stderr.write(piece);
    if (String(piece).includes("Listening on")) resolve();
  });
  child.once("exit", (code) => reject(new Error(`Deno ended with ${code}`)));
  return promise;
}

/**
 * The Deno deployment over a libSQL file in `count` processes that share one port, each with a listening socket of its own,
 * as the reference's gunicorn has them. Each keeps its own queue and caches; the rate limits are off, as elsewhere here.
 */
export async function startDenoServers(
  file: string,
  count: number,
  secret: string,
  options: DenoOptions = {},
): Promise<Servers> {
  const port = await freePort(HOST);
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    const programs = children.flatMap(({ pid }) =>
      pid === undefined ? [] : descendants(pid).map((one) => one.pid),
    );
    for (const pid of programs) process.kill(pid, "SIGKILL");
    await Promise.all(
      children.map((child) => child.exitCode ?? new Promise((done) => child.once("exit", done))),
    );
  };
  for (let i = 0; i < count; i++) {
    const state = options.states?.[i] ?? emptyState(i);
    const settings = { VITRINE_STATE: state, VITRINE_SECRET: secret, TURSO_DATABASE_URL: `file:${file}` };
    const env = {
      ...process.env,
      ...settings,
      OPERATOR_KEY,
      ENVIRONMENT: "production",
      RATE_LIMITS: "off",
      ADMISSION: "off",
      ...options.variables,
    };
    const inspect =
      i === 0 && options.inspectorPort !== undefined ? [`--inspect=${HOST}:${options.inspectorPort}`] : [];
    const args = [denoProgram(), ...FLAGS, ...inspect, options.entry ?? ENTRY, String(port)];
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    children.push(child);
    // One after the other: the first migrates.
    await untilListening(child);
  }
  const pids = children.flatMap(({ pid }) =>
    pid === undefined ? [] : descendants(pid).map((one) => one.pid),
  );
  return { port, pids, stop };
}

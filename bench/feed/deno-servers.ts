import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/dev/ports.ts";
import { benchState } from "../deployment.ts";
import { ROOT } from "../paths.ts";
import { descendants } from "../processes.ts";

const HOST = "127.0.0.1";
const ENTRY = join(ROOT, "bench/feed/deno-server.ts");
const FLAGS = ["run", "-A", "--unstable-cron", "--unstable-net", "--node-modules-dir=manual"];

export interface Servers {
  port: number;
  /** Those that answer, and what they ask. */
  pids: number[];
  stop(): Promise<void>;
}

function denoProgram(): string {
  const manifest = createRequire(import.meta.url).resolve("deno/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | { deno: string } };
  return join(dirname(manifest), typeof bin === "string" ? bin : bin.deno);
}

async function untilAnswering(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`Deno ended with ${child.exitCode}`);
    const answer = await fetch(`http://${HOST}:${port}/healthz`).catch(() => null);
    if (answer?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`Deno does not answer on port ${port}`);
}

/**
 * The Deno deployment over a libSQL file in `count` processes that share one port, each with a listening socket of its own,
 * as the reference's gunicorn has them. Each keeps its own queue and caches; the rate limits are off, as elsewhere here.
 */
export async function startDenoServers(file: string, count: number, secret: string): Promise<Servers> {
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
    const state = join(benchState(), `feed/deno-${i}`);
    rmSync(state, { recursive: true, force: true });
    mkdirSync(state, { recursive: true });
    const settings = { VITRINE_STATE: state, VITRINE_SECRET: secret, TURSO_DATABASE_URL: `file:${file}` };
    const env = { ...process.env, ...settings, ENVIRONMENT: "production", RATE_LIMITS: "off" };
    const args = [denoProgram(), ...FLAGS, ENTRY, String(port)];
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
    children.push(child);
    // One after the other: the first migrates.
    await untilAnswering(port, child);
  }
  const pids = children.flatMap(({ pid }) =>
    pid === undefined ? [] : descendants(pid).map((one) => one.pid),
  );
  return { port, pids, stop };
}

import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { tellingLine } from "./log-lines.ts";

const STOP_MS = 4_000;

export interface WranglerOptions {
  root: string;
  state: string;
  host: string;
  port: number;
  inspectorPort: number;
  envFile: string;
  /** Gets what a developer should see: warnings, errors and failures to build. */
  report: (line: string) => void;
}

export interface Wrangler {
  /** Resolves with the exit code once it has ended, by itself or stopped. */
  ended: Promise<number>;
  stop(): Promise<void>;
}

const QUIET = {
  CI: "1",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  NO_COLOR: "1",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
};

/** `wrangler dev` with its state beside ours; everything it prints is in `dev.log` of the state's folder. */
export function startWrangler(options: WranglerOptions): Wrangler {
  const manifest = createRequire(join(options.root, "package.json")).resolve("wrangler/package.json");
  const bin = join(dirname(manifest), "bin/wrangler.js");
  const flags = {
    "--ip": options.host,
    "--port": options.port,
    "--inspector-port": options.inspectorPort,
    "--persist-to": join(options.state, "workers"),
    "--env-file": options.envFile,
    "--show-interactive-dev-session": "false",
  };
  // A group of its own: Ctrl-C reaches this process alone, which then ends wrangler and workerd in order.
  const child = spawn(process.execPath, [bin, "dev", ...Object.entries(flags).flat().map(String)], {
    cwd: options.root,
    detached: true,
    env: { ...process.env, ...QUIET },
    stdio: ["ignore", "pipe", "pipe"],
  });
  logOutput(child, options);
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  child.once("error", (error) => options.report(`wrangler does not start: ${error.message}`));
  child.once("close", (code) => resolve(code ?? 1));
  return { ended, stop: () => stop(child, ended) };
}

function logOutput(child: ChildProcess, { state, report }: WranglerOptions): void {
  const log = createWriteStream(join(state, "dev.log"));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (coloured) => {
      const line = stripVTControlCharacters(coloured);
      log.write(`${line}\n`);
      const telling = tellingLine(line);
      if (telling !== null) report(telling);
    });
  }
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<void> {
  signal(child, "SIGTERM", false);
  const timer = setTimeout(() => signal(child, "SIGKILL", true), STOP_MS);
  await ended;
  clearTimeout(timer);
  // What wrangler may have left of its group.
  signal(child, "SIGKILL", true);
}

function signal(child: ChildProcess, name: NodeJS.Signals, group: boolean): void {
  if (child.pid === undefined) return;
  try {
    process.kill(group ? -child.pid : child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

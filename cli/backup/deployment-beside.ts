import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Api } from "../api.ts";
import { BackupError } from "../errors.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const READY_MS = 60_000;

export interface DeploymentBeside {
  api: Api;
  stop(): Promise<void>;
}

function denoProgram(): string {
  const manifest = createRequire(import.meta.url).resolve("deno/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | { deno: string } };
  return join(dirname(manifest), typeof bin === "string" ? bin : bin.deno);
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
  return promise;
}

/**
 * Starts this version on Deno over the stores in `state`, with secrets of its own and no mail: nobody outside of this machine
 * hears of it. Throws `BackupError` where it does not answer within a minute.
 */
export async function startBeside(state: string, signal: AbortSignal): Promise<DeploymentBeside> {
  const port = await freePort();
  const operatorKey = randomBytes(24).toString("hex");
  const { PATH, HOME, TMPDIR } = process.env;
  const flags = ["serve", "-A", "--unstable-cron", "--node-modules-dir=manual"];
  const child = spawn(
    process.execPath,
    [denoProgram(), ...flags, "--host", "127.0.0.1", "--port", String(port), join(ROOT, "src/deno.ts")],
    {
      cwd: ROOT,
      detached: true,
      env: { PATH, HOME, TMPDIR, VITRINE_STATE: state, OPERATOR_KEY: operatorKey, RATE_LIMITS: "off" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (piece: Buffer) => (said = (said + String(piece)).slice(-4_000)));
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  child.once("close", () => resolve());
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.pid !== undefined) {
      // The npm package's program starts another, which only its group reaches.
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has just ended.
      }
    }
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(url, signal, () => child.exitCode !== null);
  } catch (error) {
    await stop();
    signal.throwIfAborted();
    throw new BackupError(`The restored deployment does not start: ${String(error)}\n${said}`);
  }
  return { api: new Api({ url, key: operatorKey }), stop };
}

async function untilReady(url: string, signal: AbortSignal, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const answer = await fetch(`${url}/healthz`, { signal }).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    if (hasEnded()) throw new Error("it has ended");
    if (Date.now() > deadline) throw new Error(`no answer within ${READY_MS / 1_000} s`);
    await sleep(100, undefined, { signal });
  }
}

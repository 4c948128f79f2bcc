import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort } from "../../scripts/dev/ports.ts";
import { benchState } from "../deployment.ts";
import type { Servers } from "../deno-servers.ts";
import { descendants } from "../processes.ts";
import { jsonLines, runPython } from "../reference.ts";
import { prepareProducts } from "../world/products.ts";
import type { Scale } from "../world/world.ts";

export type Job = "search" | "dashboard" | "feed";

/** The name of a rival's server among a job's. */
export const THEIRS = "reference";
const HOST = "127.0.0.1";
const PYTHON = "/usr/bin/python3";
const NEEDS: Readonly<Record<Job | "images", readonly string[]>> = {
  search: ["whoosh", "flask"],
  dashboard: ["django", "redis"],
  feed: ["flask", "sqlalchemy", "redis"],
  images: ["PIL"],
};

export function pythonFile(name: string): string {
  return fileURLToPath(new URL(`python/${name}.py`, import.meta.url));
}

/** Versions of the Python packages that are here, `null` for those that are not. */
export async function pythonPackages(reference: string): Promise<Record<string, string | null>> {
  return jsonLines(await runPython(reference, [pythonFile("packages")]))[0] as Record<string, string | null>;
}

/** What a job's rivals lack here. */
export function missingFor(job: Job | "images", packages: Record<string, string | null>): string[] {
  return NEEDS[job].filter((name) => (packages[name] ?? null) === null);
}

/** Data and indexes of a job's reference, made once. */
async function prepare(reference: string, job: Job, scale: Scale): Promise<string[]> {
  if (job === "search") {
    const { data, isReal } = await prepareProducts(reference, scale);
    const index = join(benchState(), "reference/var", isReal ? "catalogue" : scale, "whoosh");
    if (!existsSync(index)) await runPython(reference, ["search.py", "--data", data, "--part", "build"]);
    return [data];
  }
  // What is loaded already is left as it is.
  await runPython(reference, [`${job}.py`, "--scale", scale, "--part", "load"]);
  return [];
}

/** The reference's server of a job in two processes of gunicorn, with its Redis. */
export async function serveReference(reference: string, job: Job, scale: Scale): Promise<Servers> {
  const more = await prepare(reference, job, scale);
  const [port, redis] = [await freePort(HOST), await freePort(HOST)];
  const env = {
    ...process.env,
    REF_HOME: join(benchState(), "reference"),
    REF_HTTP_PORT: String(port),
    REF_REDIS_PORT: String(redis),
    PYTHONDONTWRITEBYTECODE: "1",
  };
  const child = spawn(PYTHON, [pythonFile("serve"), reference, job, scale, ...more], {
    cwd: reference,
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith("{")) continue;
    const { pids } = JSON.parse(line) as { pids: number[] };
    const stores = descendants(child.pid ?? 0, "redis-server").map(({ pid }) => pid);
    const stop = async (): Promise<void> => {
      child.stdin.end();
      await ended;
    };
    return { port, pids: [...pids, ...stores], stop };
  }
  throw new Error(`The reference's server of the ${job} does not start`);
}

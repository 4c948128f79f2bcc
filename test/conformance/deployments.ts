import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWorker, startDeployment } from "../../bench/deployment.ts";
import { startDeno } from "../deno/start-deno.ts";
import { freePort } from "../platform/process.ts";
import type { SharedWorld } from "./world.ts";

export interface Runtime {
  name: "workerd" | "Deno";
  port: number;
  stop(): Promise<void> | void;
}

export interface Runtimes {
  workerd: Runtime;
  deno: Runtime;
  stop(): Promise<void>;
}

async function openWorkerd(world: SharedWorld, folder: string): Promise<Runtime> {
  process.env.VITRINE_BENCH_STATE = folder;
  mkdirSync(join(folder, "worker"));
  await world.copyTo(join(folder, "worker/vitrine.db"));
  const { variables } = world;
  const deployment = await startDeployment(buildWorker(), { fresh: false, state: "worker", variables });
  return { name: "workerd", port: deployment.port, stop: () => deployment.stop() };
}

async function openDeno(world: SharedWorld, folder: string): Promise<Runtime> {
  const state = join(folder, "deno");
  mkdirSync(state);
  await world.copyTo(join(state, "vitrine.db"));
  const port = await freePort();
  const deno = await startDeno(port, { ...world.variables, VITRINE_STATE: state });
  return { name: "Deno", port, stop: () => deno.kill() };
}

/** The built Worker in workerd and the application on Deno, each over a copy of the same database. */
export async function openRuntimes(world: SharedWorld): Promise<Runtimes> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-conformance-"));
  const workerd = await openWorkerd(world, folder);
  const deno = await openDeno(world, folder);
  return {
    workerd,
    deno,
    async stop() {
      await Promise.all([workerd.stop(), deno.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

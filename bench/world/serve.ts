import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FolderBlobs } from "../../src/platform/deno/blobs.ts";
import { startBare } from "../bare-workerd.ts";
import { benchState, startDatabase, variablesOf } from "../deployment.ts";
import { startDenoServers } from "../deno-servers.ts";
import type { DenoOptions, Servers } from "../deno-servers.ts";
import { SECRET, WORLD_VARIABLES } from "./world.ts";
import type { World } from "./world.ts";

function fresh(name: string): string {
  const folder = join(benchState(), "run", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function copyState({ folder }: World, target: string): void {
  const platform = join(folder, "platform.db");
  if (existsSync(platform)) copyFileSync(platform, join(target, "platform.db"));
  // Blobs are never written in place.
  execFileSync("cp", ["-al", join(folder, "blobs"), join(target, "blobs")]);
}

/** The objects that the world's deployment has written. */
export function blobsOf({ folder }: World): Promise<FolderBlobs> {
  return FolderBlobs.open(join(folder, "blobs"));
}

/** A database that may be written to. */
export function copyOfDatabase({ database }: World, folder: string): string {
  const copy = join(folder, "vitrine.db");
  execFileSync("cp", ["--reflink=auto", database, copy]);
  return copy;
}

/** The Deno deployment in `count` processes over one copy of a world's database. */
export async function serveDeno(
  world: World,
  count: number,
  options: Pick<DenoOptions, "variables" | "inspectorPort" | "entry"> = {},
): Promise<Servers> {
  const states = Array.from({ length: count }, (_, i) => fresh(`deno-${i}`));
  for (const state of states) copyState(world, state);
  const database = copyOfDatabase(world, fresh("deno"));
  const variables = { ...WORLD_VARIABLES, ...options.variables };
  return startDenoServers(database, count, SECRET, { ...options, states, variables });
}

/** The Worker in `count` processes of workerd, and its database as a third; nothing but reads reaches blobs. */
export async function serveWorkerd(world: World, count: number): Promise<Servers> {
  const database = await startDatabase(copyOfDatabase(world, fresh("workerd")));
  const blobs = await blobsOf(world);
  const variables = { ...variablesOf(database.url), ...WORLD_VARIABLES };
  const { port, pids, stop } = await startBare({ blob: (key) => blobs.get(key), variables }, count);
  return {
    port,
    pids: [...pids, database.process.pid ?? 0],
    stop: async () => {
      stop();
      database.process.kill("SIGTERM");
    },
  };
}

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../scripts/dev/ports.ts";
import { benchState, buildWorker, startDeployment } from "../deployment.ts";
import type { Deployment } from "../deployment.ts";
import { Inspector } from "../images/inspector.ts";
import { blobsOf, copyOfDatabase, serveDeno } from "../world/serve.ts";
import { WORLD_VARIABLES } from "../world/world.ts";
import type { World } from "../world/world.ts";

const HOST = "127.0.0.1";
const STATE = "mixed";

/** A deployment of one isolate, and how its memory is read. */
export interface Target {
  name: string;
  port: number;
  pid: number;
  inspector: Inspector;
  stop(): Promise<void>;
}

async function inspect(inspectorPort: number, program: string, port: number): Promise<Inspector> {
  return Inspector.connect(inspectorPort, program, () => fetch(`http://${HOST}:${port}/healthz`));
}

async function putBlobs(world: World, deployment: Deployment): Promise<void> {
  const blobs = await blobsOf(world);
  for (const key of await blobs.list("", Number.POSITIVE_INFINITY)) {
    const bytes = await blobs.get(key);
    if (bytes !== null) await deployment.putBlob(key, new Uint8Array(bytes));
  }
}

/** The built Worker with its bindings, among them R2, KV, queues and the Durable Object, by Miniflare. */
export async function openWorkerd(world: World): Promise<Target> {
  const state = join(benchState(), STATE);
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  copyOfDatabase(world, state);
  const inspectorPort = await freePort(HOST);
  const options = { fresh: false, state: STATE, inspectorPort, variables: WORLD_VARIABLES };
  const deployment = await startDeployment(buildWorker(), options);
  await putBlobs(world, deployment);
  const { port, workerdPid: pid } = deployment;
  const inspector = await inspect(inspectorPort, "vitrine", port);
  const stop = async (): Promise<void> => {
    inspector.close();
    await deployment.stop();
  };
  return { name: "workerd", port, pid, inspector, stop };
}

/** One process, in which database, queue and stores are as well. */
export async function openDeno(world: World): Promise<Target> {
  const inspectorPort = await freePort(HOST);
  const servers = await serveDeno(world, 1, { inspectorPort });
  const { port, pids } = servers;
  const inspector = await inspect(inspectorPort, "deno", port);
  const stop = async (): Promise<void> => {
    inspector.close();
    await servers.stop();
  };
  return { name: "Deno", port, pid: pids[0], inspector, stop };
}

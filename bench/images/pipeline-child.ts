import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { buildWorker, startDeployment } from "../deployment.ts";
import type { Deployment } from "../deployment.ts";
import { cpuSeconds, idleSeconds } from "../processes.ts";
import { createImageKey, readState, untilDone, upload, withComment } from "./server.ts";
import type { Server } from "./server.ts";

/** All images of a folder through the whole pipeline. */
export interface Throughput {
  images: number;
  failed: number;
  seconds: number;
  /** Until the last upload was answered. */
  uploadSeconds: number;
  workerdCpuSeconds: number;
  databaseCpuSeconds: number;
  clientCpuSeconds: number;
  /** Of the cores, 0 to 1: what waits for the queue's batches and the disk, not for a processor. */
  idleShare: number;
}

/** From the first byte sent to the answer that says ready, on a server that does nothing else. */
export interface Latencies {
  /** Of each upload, until it is answered. */
  uploadMs: number[];
  readyMs: number[];
}

const POLL_MS = 10;
const UPLOADS_AT_ONCE = 4;
const LATENCY_POLL_MS = 15;

const { values } = parseArgs({
  options: {
    servers: { type: "string", default: "1" },
    worker: { type: "string" },
    latency: { type: "string" },
    rounds: { type: "string", default: "15" },
  },
  allowPositionals: true,
});

interface Running extends Server {
  deployment: Deployment;
}

async function start(worker: string, count: number): Promise<Running[]> {
  const running: Running[] = [];
  for (let i = 0; i < count; i++) {
    const deployment = await startDeployment(worker, { fresh: true, state: `images-pipeline-${i}` });
    running.push({ url: deployment.url, key: await createImageKey(deployment), deployment });
  }
  return running;
}

/** Takes from `waiting`, which all servers share, and asks for the oldest that is not ready: its queue keeps order. */
async function serve(server: Server, waiting: Uint8Array[]): Promise<{ uploadedAt: number; failed: number }> {
  const pending: string[] = [];
  let failed = 0;
  const uploaded = new AbortController();
  const uploadAll = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      pending.push((await upload(server, next)).id);
    }
  };
  const uploads = Array.from({ length: UPLOADS_AT_ONCE }, uploadAll);
  const watch = (async () => {
    while (!uploaded.signal.aborted || pending.length > 0) {
      const status = pending.length === 0 ? null : (await readState(server, pending[0])).status;
      if (status === "failed") failed++;
      if (status === "ready" || status === "failed") pending.shift();
      else await sleep(POLL_MS);
    }
  })();
  await Promise.all(uploads);
  uploaded.abort();
  const uploadedAt = performance.now();
  await watch;
  return { uploadedAt, failed };
}

async function throughput(servers: readonly Running[], files: readonly Uint8Array[]): Promise<Throughput> {
  const cpu = (of: (server: Running) => number): number =>
    servers.reduce((sum, server) => sum + cpuSeconds(of(server)), 0);
  const workerd = (): number => cpu(({ deployment }) => deployment.workerdPid);
  const database = (): number => cpu(({ deployment }) => deployment.databasePid);
  const idle = (): number => servers.reduce((sum, _, core) => sum + idleSeconds(core), 0);
  const before = [workerd(), database(), cpuSeconds(process.pid), idle()];
  const started = performance.now();
  const waiting = [...files];
  const done = await Promise.all(servers.map((server) => serve(server, waiting)));
  const seconds = (performance.now() - started) / 1_000;
  return {
    images: files.length,
    failed: done.reduce((sum, { failed }) => sum + failed, 0),
    seconds,
    uploadSeconds: (Math.max(...done.map(({ uploadedAt }) => uploadedAt)) - started) / 1_000,
    workerdCpuSeconds: workerd() - before[0],
    databaseCpuSeconds: database() - before[1],
    clientCpuSeconds: cpuSeconds(process.pid) - before[2],
    idleShare: (idle() - before[3]) / seconds / servers.length,
  };
}

async function latencies(server: Server, file: Uint8Array, rounds: number): Promise<Latencies> {
  const measured: Latencies = { uploadMs: [], readyMs: [] };
  for (let round = -1; round < rounds; round++) {
    const bytes = withComment(file, `${file.length} ${round} ${Date.now()}`);
    const started = performance.now();
    const { id } = await upload(server, bytes);
    const uploadMs = performance.now() - started;
    const { status } = await untilDone(server, id, LATENCY_POLL_MS);
    if (status !== "ready") throw new Error(`The photo is ${status}`);
    if (round < 0) continue;
    measured.uploadMs.push(uploadMs);
    measured.readyMs.push(performance.now() - started);
    await sleep(200);
  }
  return measured;
}

/** Reads the paths of the files from the standard input, one a line. */
async function main(): Promise<void> {
  const paths = readFileSync(0, "utf8").trim().split("\n");
  const files = paths.map((path) => new Uint8Array(readFileSync(path)));
  const servers = await start(values.worker ?? buildWorker(), Number(values.servers));
  try {
    if (values.latency === undefined) {
      // Each isolate's first image compiles the module.
      for (const server of servers) {
        await untilDone(server, (await upload(server, withComment(files[0], "warm"))).id, POLL_MS);
      }
      console.log(JSON.stringify(await throughput(servers, files)));
    } else {
      for (const file of files) {
        console.log(JSON.stringify(await latencies(servers[0], file, Number(values.rounds))));
      }
    }
  } finally {
    for (const { deployment } of servers) await deployment.stop();
  }
}

await main();

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../scripts/dev/ports.ts";
import { buildWorker, startDeployment } from "../deployment.ts";
import { residentBytes } from "../processes.ts";
import { makeInputs } from "./inputs.ts";
import { Inspector } from "./inspector.ts";
import type { IsolateMemory } from "./inspector.ts";
import { createImageKey, untilDone, upload } from "./server.ts";
import type { Server } from "./server.ts";

const HOST = "127.0.0.1";
const WORKER = "vitrine";
const CHUNK_BYTES = 262_144;
/** 40 MB take 1.2 s at least, so that the samples fall into the upload. */
const CHUNK_PAUSE_MS = 8;
const IDLE_SAMPLES = 5;
const IDLE_PAUSE_MS = 200;

/** Rises over the idle isolate, in bytes. */
export interface UploadMemory {
  what: string;
  uploads: number;
  bytes: number;
  /** Live during the upload: each sample after a collection. */
  liveBytes: number;
  /** With what is not collected yet, during the upload. */
  peakBytes: number;
  /** The same until the pictures are ready. */
  peakReadyBytes: number;
  /** Of the whole process, which also holds Miniflare's R2, queues and HTTP. */
  rssBytes: number;
}

/** The file with `mark` behind its end, so that its bytes are new. */
function bodyOf(file: Uint8Array, mark: number): ReadableStream<Uint8Array> {
  const tail = new TextEncoder().encode(`-- ${mark} --`);
  let offset = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (offset >= file.length) {
        controller.enqueue(tail);
        controller.close();
        return;
      }
      await sleep(CHUNK_PAUSE_MS);
      controller.enqueue(file.subarray(offset, (offset += CHUNK_BYTES)));
    },
  });
}

function sum({ heapBytes, bufferBytes }: IsolateMemory): number {
  return heapBytes + bufferBytes;
}

class Measurement {
  readonly #inspector: Inspector;
  readonly #server: Server;
  readonly #pid: number;
  #mark = 0;

  constructor(inspector: Inspector, server: Server, pid: number) {
    this.#inspector = inspector;
    this.#server = server;
    this.#pid = pid;
  }

  async #uploadAll(file: Uint8Array, count: number): Promise<string[]> {
    const all = Array.from({ length: count }, () => upload(this.#server, bodyOf(file, ++this.#mark)));
    return (await Promise.all(all)).map(({ id }) => id);
  }

  async #untilAllDone(ids: readonly string[]): Promise<void> {
    for (const id of ids) await untilDone(this.#server, id, 50);
  }

  /** What stays when all requests are over and all that can be is collected. */
  async #idleBytes(): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < IDLE_SAMPLES; i++) {
      await sleep(IDLE_PAUSE_MS);
      least = Math.min(least, sum(await this.#inspector.memory(true)));
    }
    return least;
  }

  async run(what: string, file: Uint8Array, uploads: number): Promise<UploadMemory> {
    const rssBefore = residentBytes(this.#pid).now;
    const idle = await this.#idleBytes();
    let ids: string[] = [];
    const sent = async () => void (ids = await this.#uploadAll(file, uploads));
    const live = sum(await this.#inspector.peakWhile(true, sent));
    await this.#untilAllDone(ids);
    await this.#idleBytes();
    const during = sum(await this.#inspector.peakWhile(false, sent));
    const after = sum(await this.#inspector.peakWhile(false, () => this.#untilAllDone(ids)));
    const rssBytes = residentBytes(this.#pid).peak - rssBefore;
    return {
      what,
      uploads,
      bytes: file.length,
      liveBytes: live - idle,
      peakBytes: during - idle,
      peakReadyBytes: Math.max(during, after) - idle,
      rssBytes,
    };
  }
}

/** What uploads of 40 MB do to the isolate of the deployed Worker. */
export async function measureUploads(): Promise<UploadMemory[]> {
  const inspectorPort = await freePort(HOST);
  const [large, photo] = makeInputs(["40mb.png", "12mp.jpg"]).map(
    (path) => new Uint8Array(readFileSync(path)),
  );
  const deployment = await startDeployment(buildWorker(), {
    fresh: true,
    state: "images-memory",
    inspectorPort,
  });
  try {
    const server = { url: deployment.url, key: await createImageKey(deployment) };
    const inspector = await Inspector.connect(inspectorPort, WORKER, () => fetch(`${server.url}/healthz`));
    const measurement = new Measurement(inspector, server, deployment.workerdPid);
    // The first loads what an isolate keeps: routes, the codec's module.
    await measurement.run("warm", photo, 1);
    const rows = [
      await measurement.run("PNG of 40 MB", large, 1),
      await measurement.run("PNG of 40 MB, four at once", large, 4),
      await measurement.run("photo of 12 MP", photo, 1),
      await measurement.run("photo of 12 MP, eight at once", photo, 8),
    ];
    inspector.close();
    return rows;
  } finally {
    await deployment.stop();
  }
}

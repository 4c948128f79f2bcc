import { setTimeout as sleep } from "node:timers/promises";

interface Target {
  id: string;
  title: string;
  webSocketDebuggerUrl: string;
}

/** V8's own numbers of one isolate, in bytes. */
interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize: number;
  /** Array buffers, outside the heap. */
  backingStorageSize: number;
}

export interface IsolateMemory {
  heapBytes: number;
  bufferBytes: number;
}

/** What an isolate of workerd holds, asked through its inspector. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const { id, result } = JSON.parse(data) as { id: number; result: unknown };
      this.#waiting.get(id)?.(result);
      this.#waiting.delete(id);
    });
  }

  static async connect(port: number, worker: string): Promise<Inspector> {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as Target[];
    const target = targets.find(({ id, title }) => id.includes(worker) || title.includes(worker));
    if (target === undefined) throw new Error(`The inspector knows no worker "${worker}"`);
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("Cannot reach the inspector")));
    });
    return new Inspector(socket);
  }

  #send(method: string): Promise<unknown> {
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, resolve);
    this.#socket.send(JSON.stringify({ id, method, params: {} }));
    return promise;
  }

  /** `collected`: after a full collection of garbage. */
  async memory(collected: boolean): Promise<IsolateMemory> {
    if (collected) await this.#send("HeapProfiler.collectGarbage");
    const usage = (await this.#send("Runtime.getHeapUsage")) as HeapUsage;
    const heapBytes = usage.usedSize + usage.embedderHeapUsedSize;
    return { heapBytes, bufferBytes: usage.backingStorageSize };
  }

  /** Samples while `work` runs; answers the most of heap and buffers together. */
  async peakWhile(collected: boolean, work: () => Promise<void>): Promise<IsolateMemory> {
    const done = new AbortController();
    let peak: IsolateMemory = { heapBytes: 0, bufferBytes: 0 };
    const sampling = (async () => {
      while (!done.signal.aborted) {
        const now = await this.memory(collected);
        if (now.heapBytes + now.bufferBytes > peak.heapBytes + peak.bufferBytes) peak = now;
        await sleep(collected ? 100 : 10);
      }
    })();
    await work().finally(() => done.abort());
    await sampling;
    return peak;
  }

  close(): void {
    this.#socket.close();
  }
}

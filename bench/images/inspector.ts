import { setTimeout as sleep } from "node:timers/promises";

/** Its answer may come with a later request only. */
const COLLECT_MS = 100;

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
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #wake: () => Promise<unknown>;
  #lastId = 0;

  private constructor(socket: WebSocket, wake: () => Promise<unknown>) {
    this.#socket = socket;
    this.#wake = wake;
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const { id, result } = JSON.parse(data) as { id: number; result: unknown };
      this.#waiting.get(id)?.resolve(result);
      this.#waiting.delete(id);
    });
    // As when somebody else connects.
    socket.addEventListener("close", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("The inspector has gone away"));
      this.#waiting.clear();
    });
  }

  /** `wake`: a request to the Worker, without which an idle isolate does not collect; Deno knows its program as "deno". */
  static async connect(port: number, worker: string, wake: () => Promise<unknown>): Promise<Inspector> {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as Target[];
    const target = targets.find(({ id, title }) => id.includes(worker) || title.includes(worker));
    if (target === undefined) throw new Error(`The inspector knows no worker "${worker}"`);
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("Cannot reach the inspector")));
    });
    return new Inspector(socket, wake);
  }

  #send(method: string): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    this.#socket.send(JSON.stringify({ id, method, params: {} }));
    return answer.promise;
  }

  /** `collected`: after a full collection of garbage. */
  async memory(collected: boolean): Promise<IsolateMemory> {
    if (collected) {
      const isCollected = this.#send("HeapProfiler.collectGarbage");
      await this.#wake();
      await Promise.race([isCollected, sleep(COLLECT_MS)]);
    }
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

import { setTimeout as sleep } from "node:timers/promises";
import { record, type Api } from "../api.ts";
import { ApiError, NetworkError } from "../errors.ts";
import { eventsOf } from "./event-stream.ts";

type Image = Readonly<Record<string, unknown>>;

export interface WatchOptions {
  api: Api;
  signal: AbortSignal;
  /** Told of each change until an image is ready or failed; `null` where it is gone. */
  onImage: (id: string, image: Image | null) => void;
}

/** As many as the service tells of in one stream. */
const MAX_IDS = 50;
/** A stream that some new images are not in is left after so long. */
const STALE_MS = 1_000;
const WAIT_MS = 1_000;
/** Pictures take seconds: whatever is as it was for so long has nobody who works on it. */
const LIMIT_MS = 600_000;

/** Waits for images to be ready or failed: by server-sent events, and by asking for each where a stream ends early. */
export class ImageWatcher {
  readonly #options: WatchOptions;
  readonly #pending = new Set<string>();
  #wake = Promise.withResolvers<void>();
  #stale = new AbortController();
  #staleTimer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #changedAt = performance.now();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  add(id: string): void {
    this.#pending.add(id);
    this.#changedAt = performance.now();
    this.#staleTimer ??= setTimeout(() => this.#stale.abort(), STALE_MS);
    this.#wake.resolve();
  }

  /** No more are added: `watch` ends with the last. */
  close(): void {
    this.#isClosed = true;
    this.#wake.resolve();
  }

  /** Throws `NetworkError` where nothing happens for ten minutes, `ApiError` where the service refuses. */
  async watch(): Promise<void> {
    const { signal } = this.#options;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    aborted.catch(() => undefined);
    try {
      while (!this.#isClosed || this.#pending.size > 0) {
        if (this.#pending.size === 0) await Promise.race([this.#wake.promise, aborted]);
        else await this.#round();
        this.#wake = Promise.withResolvers();
        if (this.#isClosed) this.#wake.resolve();
        if (this.#pending.size > 0 && performance.now() - this.#changedAt > LIMIT_MS) throw this.#late();
      }
    } finally {
      clearTimeout(this.#staleTimer);
    }
  }

  async #round(): Promise<void> {
    const ids = [...this.#pending].slice(0, MAX_IDS);
    clearTimeout(this.#staleTimer);
    this.#staleTimer = undefined;
    this.#stale = new AbortController();
    try {
      await this.#readStream(ids);
      return;
    } catch (error) {
      this.#options.signal.throwIfAborted();
      if (this.#stale.signal.aborted) return;
      if (!canPass(error)) throw error;
    }
    await sleep(WAIT_MS, undefined, { signal: this.#options.signal });
    await this.#ask(ids);
  }

  async #readStream(ids: readonly string[]): Promise<void> {
    const { api, signal } = this.#options;
    const pieces = api.stream({
      path: "/v1/images/events",
      query: { ids: ids.join(",") },
      signal: AbortSignal.any([signal, this.#stale.signal]),
    });
    for await (const { name, data } of eventsOf(pieces)) {
      const image = record(JSON.parse(data));
      if (name === "status") this.#tell(image);
      if (name === "gone") this.#settle(String(image.id), null);
      if (!ids.some((id) => this.#pending.has(id))) return;
    }
    if (ids.some((id) => this.#pending.has(id))) throw new NetworkError("The stream of events ended early");
  }

  async #ask(ids: readonly string[]): Promise<void> {
    const { api, signal } = this.#options;
    for (const id of ids) {
      if (!this.#pending.has(id)) continue;
      try {
        this.#tell(record(await api.call({ path: `/v1/images/${encodeURIComponent(id)}`, signal })));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ApiError && error.problem.status === 404) this.#settle(id, null);
        else if (canPass(error)) return;
        else throw error;
      }
    }
  }

  #tell(image: Image): void {
    const { id, status } = image;
    if (typeof id !== "string" || !this.#pending.has(id)) return;
    if (status === "ready" || status === "failed") this.#settle(id, image);
    else this.#options.onImage(id, image);
  }

  #settle(id: string, image: Image | null): void {
    this.#pending.delete(id);
    this.#changedAt = performance.now();
    this.#options.onImage(id, image);
  }

  #late(): NetworkError {
    const count = this.#pending.size;
    return new NetworkError(
      `${count} of the images were not ready after ten minutes: see vitrine dead-letters list`,
    );
  }
}

function canPass(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.problem.status === 429 || error.problem.status >= 500);
}

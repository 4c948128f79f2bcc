import { isSettled } from "../upload/wire.ts";
import type { WireImage } from "../upload/wire.ts";

export interface FollowOptions {
  onImage: (image: WireImage) => void;
  /** The image is gone. */
  onGone: (id: string) => void;
  onSignedOut: () => void;
}

/** As many as the service tells of in one stream. */
const MAX_IDS = 50;
/** Uploads come in bursts: one stream for each burst. */
const BURST_MS = 150;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 10_000;
/** Streams that end without a word: something on the way does not let them through. */
const MAX_SILENT = 2;

/** Follows images until they are ready or failed: by server-sent events, else by asking for each now and then. */
export class ImageFollower {
  readonly #options: FollowOptions;
  readonly #pending = new Set<string>();
  #stream: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silent = 0;
  #waitMs = FIRST_WAIT_MS;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  follow(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) this.#pending.add(id);
    this.#waitMs = FIRST_WAIT_MS;
    this.#schedule(BURST_MS);
  }

  forget(id: string): void {
    this.#pending.delete(id);
  }

  /** Asks at once, after what kept it from it has passed. */
  resume(): void {
    if (this.#pending.size > 0) this.#schedule(0);
  }

  #schedule(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#pending.size === 0) return this.#close();
      if (this.#silent < MAX_SILENT) this.#open();
      else void this.#poll();
    }, waitMs);
  }

  #open(): void {
    this.#close();
    const ids = [...this.#pending].slice(0, MAX_IDS);
    const stream = new EventSource(`/v1/images/events?${new URLSearchParams({ ids: ids.join(",") })}`);
    this.#stream = stream;
    this.#silent++;
    const listen = <T>(name: string, take: (data: T) => void): void => {
      stream.addEventListener(name, ({ data }: MessageEvent<string>) => {
        this.#silent = 0;
        this.#waitMs = FIRST_WAIT_MS;
        take(JSON.parse(data) as T); // Our own API's.
        // It has nothing more to say of these, and others may wait for their turn.
        if (!ids.some((id) => this.#pending.has(id))) this.#schedule(0);
      });
    };
    listen<WireImage>("status", (image) => this.#tell(image));
    listen<{ id: string }>("gone", ({ id }) => this.#lose(id));
    // The end of a stream, too: what is still awaited then is asked for by another.
    stream.addEventListener("error", () => {
      if (this.#stream !== stream) return;
      this.#close();
      this.#scheduleLater();
    });
  }

  async #poll(): Promise<void> {
    for (const id of this.#pending) {
      const answer = await fetch(`/v1/images/${encodeURIComponent(id)}`, {
        headers: { Accept: "application/json" },
      }).catch(() => null);
      if (answer?.status === 401) return this.#options.onSignedOut();
      if (answer?.status === 404) {
        // A stream is refused as a whole where one of its images is gone.
        this.#silent = 0;
        this.#lose(id);
      }
      if (answer === null || answer.status === 429) break;
      if (answer.ok) this.#tell((await answer.json()) as WireImage);
    }
    this.#scheduleLater();
  }

  #tell(image: WireImage): void {
    if (!this.#pending.has(image.id)) return;
    if (isSettled(image)) this.#pending.delete(image.id);
    this.#options.onImage(image);
  }

  #lose(id: string): void {
    this.#pending.delete(id);
    this.#options.onGone(id);
  }

  #scheduleLater(): void {
    this.#schedule(this.#waitMs);
    this.#waitMs = Math.min(MAX_WAIT_MS, this.#waitMs * 1.5);
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = null;
  }
}

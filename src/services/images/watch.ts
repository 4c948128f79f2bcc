import type { Ctx } from "../../deps.ts";
import { findImages } from "../../db/queries/images.ts";
import type { ImageRow } from "../../db/queries/images.ts";
import { noSuchImage, reachOf } from "./owner.ts";
import type { Reach } from "./owner.ts";

/** Of one watch, in milliseconds, without the time that reading takes. */
export const MAX_WATCH_MS = 60_000;
export const MAX_WATCHED = 50;
const FIRST_PAUSE_MS = 150;
const MAX_PAUSE_MS = 2_000;
const SLOWER = 1.15;

/** How an image is now; `null` for one that is gone. `isLast` where none of those watched will change any more. */
export interface ImageNews {
  id: string;
  image: ImageRow | null;
  isLast: boolean;
}

/** Resolves after so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

type WatchCtx = Ctx<"db">;

/**
 * What becomes of some images: how each is, then each change, and `null` after a pause that brought none. It ends with the
 * last change, or after a minute and 42 reads, at ever longer intervals. Throws `not_found`, before it yields anything,
 * where one of them is not the asker's.
 */
export async function watchImages(
  ctx: WatchCtx,
  ids: readonly string[],
): Promise<(pause: Pause) => AsyncGenerator<ImageNews | null>> {
  const watch = new ImageWatch(ctx, ids);
  const missing = await watch.begin();
  if (missing !== undefined) throw noSuchImage(missing);
  return (pause) => watch.news(pause);
}

class ImageWatch {
  readonly #ctx: WatchCtx;
  readonly #reach: Reach;
  /** What waits, and the state that was told of it last. */
  readonly #waiting: Map<string, string>;
  #rows: ImageRow[] = [];

  constructor(ctx: WatchCtx, ids: readonly string[]) {
    this.#ctx = ctx;
    this.#reach = reachOf(ctx.actor);
    this.#waiting = new Map(ids.map((id) => [id, ""]));
  }

  /** The first id that is not there. */
  async begin(): Promise<string | undefined> {
    await this.#read();
    const found = new Set(this.#rows.map(({ id }) => id));
    return [...this.#waiting.keys()].find((id) => !found.has(id));
  }

  async *news(pause: Pause): AsyncGenerator<ImageNews | null> {
    yield* this.#changes();
    let pauseMs = FIRST_PAUSE_MS;
    for (let waitedMs = 0; this.#waiting.size > 0 && waitedMs < MAX_WATCH_MS;) {
      await pause(pauseMs);
      waitedMs += pauseMs;
      pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * SLOWER);
      await this.#read();
      const changes = [...this.#changes()];
      yield* changes.length > 0 ? changes : [null];
    }
  }

  async #read(): Promise<void> {
    this.#rows = await findImages(this.#ctx.db, { ids: [...this.#waiting.keys()], reach: this.#reach });
  }

  *#changes(): Generator<ImageNews> {
    const rows = new Map(this.#rows.map((row) => [row.id, row]));
    for (const [id, told] of this.#waiting) {
      const image = rows.get(id) ?? null;
      if (image?.state === told) continue;
      if (image?.state === "queued" || image?.state === "processing") this.#waiting.set(id, image.state);
      else this.#waiting.delete(id);
      yield { id, image, isLast: this.#waiting.size === 0 };
    }
  }
}

import { MIN_KV_TTL_SECONDS } from "../../cache/tiered.ts";
import type { CachePolicy, SharedTier } from "../../cache/tiered.ts";
import type { Deps } from "../../deps.ts";
import { noteLookup } from "../../ports/receipt.ts";

/** A page as it is answered. */
export interface FinishedPage {
  body: string;
  /** Quoted. */
  etag: string;
  nextCursor: string | null;
}

/** A first page that is kept for its viewer, for seconds. */
export interface KeptPage extends FinishedPage {
  viewer: string;
  /** How many of the viewer's own writes it shows. */
  seq: number;
  /** Milliseconds since the epoch, before it was read. */
  readAt: number;
}

export type TierCtx = Pick<Deps, "isolate" | "edgeCache" | "kv" | "clock" | "lifetime" | "log" | "receipt">;

/** The pages under one key, in all tiers. */
export class KeptPages {
  readonly #ctx: TierCtx;
  readonly #policy: CachePolicy;
  readonly #key: string;

  constructor(ctx: TierCtx, policy: CachePolicy, key: string) {
    this.#ctx = ctx;
    this.#policy = policy;
    this.#key = key;
  }

  /** The nearest that is young and does. */
  find(does: (page: KeptPage) => boolean): Promise<KeptPage | undefined> {
    return this.#nearest((page) => this.#isWithin(page, this.#policy.freshSeconds) && does(page));
  }

  /** For when no page can be read: the nearest that is not too old and does. */
  findLast(does: (page: KeptPage) => boolean): Promise<KeptPage | undefined> {
    const seconds = this.#policy.lastResortSeconds ?? 0;
    return this.#nearest((page) => this.#isWithin(page, seconds) && does(page));
  }

  async #nearest(isUsable: (page: KeptPage) => boolean): Promise<KeptPage | undefined> {
    // Sound: this map has pages alone.
    const near = this.#ctx.isolate.feedPages.get(this.#key)?.value as KeptPage | undefined;
    if (near !== undefined && isUsable(near)) {
      noteLookup(this.#ctx.receipt, this.#policy.name, "memory");
      return near;
    }
    for (const tier of this.#policy.shared) {
      const page = await this.#read(tier);
      if (page === undefined || !isUsable(page)) continue;
      noteLookup(this.#ctx.receipt, this.#policy.name, tier);
      this.#remember(page);
      return page;
    }
    return undefined;
  }

  keep(page: KeptPage): void {
    this.#remember(page);
    const { shared } = this.#policy;
    if (shared.length === 0) return;
    const frame = writeFrame(page);
    for (const tier of shared) this.#ctx.lifetime.defer(this.#write(tier, frame));
  }

  #isWithin({ readAt }: KeptPage, seconds: number): boolean {
    return this.#ctx.clock.now() - readAt <= seconds * 1_000;
  }

  #remember(page: KeptPage): void {
    this.#ctx.isolate.feedPages.set(this.#key, page, (page.body.length + this.#key.length) * 2, page.readAt);
  }

  async #read(tier: SharedTier): Promise<KeptPage | undefined> {
    const { edgeCache, kv } = this.#ctx;
    try {
      const frame = await (tier === "edge" ? edgeCache : kv).get(this.#key);
      return frame === null ? undefined : readFrame(frame);
    } catch (error) {
      this.#failed(tier, error);
      return undefined;
    }
  }

  async #write(tier: SharedTier, frame: string): Promise<void> {
    const { edgeCache, kv } = this.#ctx;
    const { freshSeconds, lastResortSeconds = 0 } = this.#policy;
    try {
      if (tier === "edge") await edgeCache.put(this.#key, frame, Math.max(freshSeconds, lastResortSeconds));
      else await kv.put(this.#key, frame, MIN_KV_TTL_SECONDS);
    } catch (error) {
      this.#failed(tier, error);
    }
  }

  #failed(tier: SharedTier, error: unknown): void {
    this.#ctx.log.warn("cache_failed", { tier, key: this.#key, error: String(error) });
  }
}

/** The body as it is, behind one line about it: a page of 20 posts costs nothing to write or read. */
function writeFrame({ body, ...head }: KeptPage): string {
  return `${JSON.stringify(head)}\n${body}`;
}

/** Throws for what is none. */
function readFrame(frame: string): KeptPage {
  const end = frame.indexOf("\n");
  const head: Partial<KeptPage> = JSON.parse(frame.slice(0, end));
  const { viewer, seq, readAt, etag, nextCursor } = head;
  const isWhole =
    typeof viewer === "string" &&
    typeof seq === "number" &&
    typeof readAt === "number" &&
    typeof etag === "string";
  if (!isWhole || nextCursor === undefined) throw new TypeError("not a kept page");
  return { viewer, seq, readAt, etag, nextCursor, body: frame.slice(end + 1) };
}

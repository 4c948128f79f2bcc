import { type CachePolicy, readThrough, type TierPorts } from "../../cache/tiered.ts";
import type { Deps } from "../../deps.ts";
import { noteLookup } from "../../ports/receipt.ts";
import { findShown, remakeContent } from "../../db/queries/image-work.ts";
import { newId } from "../../domain/ids.ts";
import { type Encoding, type StoredVariants, variantKey } from "../../domain/image.ts";
import { relayOutbox } from "../outbox.ts";
import { absentImage, recallAbsence, rememberAbsence } from "./absent.ts";

/** What is ready changes only by its deletion, which holds everywhere within a minute, or once the database answers again. */
const LOOKUP: CachePolicy = {
  name: "pictures",
  freshSeconds: 20,
  staleSeconds: 40,
  shared: ["edge"],
  lastResortSeconds: 86_400,
};
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Larger pictures (of many colours and with alpha) are streamed from the store each time. */
const MAX_CACHED_BYTES = 1_048_576;
/** Named by their own bytes, they never change; a data centre forgets what is not asked for much sooner. */
const BYTES_TTL_SECONDS = 30 * 86_400;

export interface ShownImage {
  sha256: string;
  variants: StoredVariants;
}

export type PicturesCtx = Pick<Deps, "db" | "blobs" | "jobs"> & TierPorts;

/**
 * The pictures of a ready image, for whoever has its id. One that is known costs no round trip, in this isolate or this
 * data centre. Throws `not_found` for one that is unknown, deleted or failed, `image_not_ready`.
 */
export async function findPictures(ctx: PicturesCtx, id: string): Promise<ShownImage> {
  if (!ID.test(id)) throw absentImage(id.slice(0, 64), "not_found");
  const absence = recallAbsence(ctx.isolate.cache, id, ctx.clock.now());
  if (absence !== undefined) throw absentImage(id, absence);
  return readThrough(ctx, `pictures:${id}`, LOOKUP, () => readPictures(ctx, id));
}

async function readPictures(ctx: PicturesCtx, id: string): Promise<ShownImage> {
  const found = await findShown(ctx.db, id);
  if (found?.state === "ready" && found.variants !== null) {
    return { sha256: found.sha256, variants: found.variants };
  }
  const isComing = found?.state === "queued" || found?.state === "processing";
  const absence = isComing ? "image_not_ready" : "not_found";
  rememberAbsence(ctx.isolate.cache, id, absence, ctx.clock.now());
  throw absentImage(id, absence);
}

/** `[offset, offset + length)` of a picture's bytes. */
export interface ByteRange {
  offset: number;
  length: number;
}

/**
 * The bytes of a picture, or a range that lies within it: from the data centre's cache, else from the store. Throws
 * `image_not_ready`, after it has queued the image's work again, where the store has lost them.
 */
export async function readPicture(
  ctx: PicturesCtx,
  { id, image, encoding }: { id: string; image: ShownImage; encoding: Encoding },
  range?: ByteRange,
): Promise<ArrayBuffer | ReadableStream<Uint8Array>> {
  const isCached = encoding.bytes <= MAX_CACHED_BYTES;
  const found = isCached ? await cachedBytes(ctx, encoding) : await streamed(ctx, encoding, range);
  if (found === null) {
    await remake(ctx, image.sha256);
    throw absentImage(id, "image_not_ready");
  }
  if (!(found instanceof ArrayBuffer) || range === undefined) return found;
  return found.slice(range.offset, range.offset + range.length);
}

async function cachedBytes(ctx: PicturesCtx, { sha256 }: Encoding): Promise<ArrayBuffer | null> {
  const key = variantKey(sha256);
  const logged = (error: unknown): null => {
    ctx.log.warn("cache_failed", { tier: "edge", key, error: String(error) });
    return null;
  };
  const cached = await ctx.edgeCache.getBytes(key).catch(logged);
  noteLookup(ctx.receipt, "picture", cached === null ? "fill" : "edge");
  if (cached !== null) return cached;
  const bytes = await ctx.blobs.get(key);
  if (bytes !== null) ctx.lifetime.defer(ctx.edgeCache.putBytes(key, bytes, BYTES_TTL_SECONDS).catch(logged));
  return bytes;
}

async function streamed(
  ctx: PicturesCtx,
  { sha256 }: Encoding,
  range: ByteRange | undefined,
): Promise<ReadableStream<Uint8Array> | null> {
  const found = await ctx.blobs.getStream(variantKey(sha256), range);
  return found === null ? null : found.body;
}

/** The original is kept, so lost pictures are made again: the same bytes, under the same names. */
async function remake(ctx: PicturesCtx, sha256: string): Promise<void> {
  ctx.log.error("pictures_lost", { sha256 });
  const job = { id: newId("job", ctx.clock), kind: "images.resize", payload: { sha256 } };
  await remakeContent(ctx.db, { sha256, now: ctx.clock.now(), job });
  ctx.lifetime.defer(relayOutbox(ctx));
}

import type { Deps } from "../../deps.ts";
import { originalKey, uploadKey, variantKey } from "../../domain/image.ts";
import { unnamedPictures } from "../../db/queries/image-work.ts";
import { unknownOriginals } from "../../db/queries/images-sweep.ts";

/** Far longer than any upload takes. */
const ABANDONED_MS = 24 * 3_600_000;
const MAX_LISTED = 1_000;
/** Once an hour, since listing costs. */
const MINUTE = 7;
const STATE_TTL_SECONDS = 30 * 86_400;
const STATE_KEY = "images:swept-blobs";

type SweepCtx = Pick<Deps, "db" | "blobs" | "kv" | "clock" | "log">;

/** How far the blobs under a prefix are looked through, and which of them no row named in the last round. */
interface Place {
  after: string;
  suspects: readonly string[];
}

type Unknown = (keys: readonly string[]) => Promise<string[]>;

/**
 * Removes blobs that a crash left between a store and the database: uploads of yesterday that never ended, and originals
 * and pictures that no row names, a thousand an hour. An upload stores its bytes before its row, so a blob goes only where
 * it has no row an hour later either.
 */
export async function sweepBlobs(ctx: SweepCtx): Promise<void> {
  if (new Date(ctx.clock.now()).getUTCMinutes() !== MINUTE) return;
  await dropAbandoned(ctx);
  const before = readState(await ctx.kv.get(STATE_KEY));
  const originals = await look(ctx, originalKey(""), before.originals, (keys) =>
    unknownOriginals(ctx.db, keys),
  );
  const pictures = await look(ctx, variantKey(""), before.pictures, (keys) => unnamedPictures(ctx.db, keys));
  await ctx.kv.put(STATE_KEY, JSON.stringify({ originals, pictures }), STATE_TTL_SECONDS);
}

async function dropAbandoned(ctx: SweepCtx): Promise<void> {
  const keys = await ctx.blobs.list(uploadKey(""), MAX_LISTED);
  const old = keys.filter((key) => ctx.clock.now() - beganAt(key) > ABANDONED_MS);
  if (old.length > 0) await drop(ctx, "uploads", old);
}

/** The milliseconds at the beginning of a UUIDv7. */
function beganAt(key: string): number {
  const at = Number.parseInt(key.slice(uploadKey("").length).replaceAll("-", "").slice(0, 12), 16);
  return Number.isNaN(at) ? 0 : at;
}

async function look(ctx: SweepCtx, prefix: string, place: Place, unknown: Unknown): Promise<Place> {
  const gone = place.suspects.length > 0 ? await unknown(place.suspects) : [];
  if (gone.length > 0) await drop(ctx, prefix, gone);
  const keys = await ctx.blobs.list(prefix, MAX_LISTED, place.after === "" ? undefined : place.after);
  const suspects = keys.length > 0 ? await unknown(keys) : [];
  return { after: keys.length < MAX_LISTED ? "" : (keys.at(-1) ?? ""), suspects };
}

async function drop(ctx: SweepCtx, what: string, keys: readonly string[]): Promise<void> {
  await ctx.blobs.delete(keys);
  ctx.log.warn("blobs_left_behind", { what, count: keys.length });
}

function readState(text: string | null): Record<"originals" | "pictures", Place> {
  const start: Place = { after: "", suspects: [] };
  if (text === null) return { originals: start, pictures: start };
  return JSON.parse(text) as Record<"originals" | "pictures", Place>;
}

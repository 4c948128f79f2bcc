import type { Deps } from "../../deps.ts";
import { sha256Hex } from "../../domain/digest.ts";
import type { IndexManifest, ManifestSegment } from "../../index/manifest.ts";
import { openSegment, type Segment } from "../../index/segment.ts";
import type { SnapshotSegment } from "../../index/snapshot.ts";

const SEGMENTS = "index/segments/";
const DEAD = "index/dead/";
/**
 * Products of one built segment: half of what the format holds, since the isolate that builds one (about 40 MB for
 * this many) has the whole index open as well.
 */
export const SEGMENT_PRODUCTS = 25_000;
/** The newest manifest's copy, for isolates that start while the database is away. */
export const MANIFEST_KEY = "index/manifest.json";

type Ports = Pick<Deps, "blobs" | "isolate">;

/** A blob that a manifest names is not there: its writer put it before, so it will not come by waiting. */
export class MissingBlob extends Error {
  override readonly name = "MissingBlob";
}

/** A segment's values, from the isolate where it holds them already. Throws `MissingBlob`, and `SegmentError` where it cannot be opened. */
export async function loadSegment(ctx: Ports, entry: ManifestSegment): Promise<Segment> {
  const held = ctx.isolate.index.segments.get(entry.key);
  if (held !== undefined) return held;
  const bytes = await ctx.blobs.get(entry.key);
  if (bytes === null) throw new MissingBlob(`The index segment "${entry.key}" is missing`);
  return openSegment(bytes);
}

export async function loadDead(ctx: Ports, entry: ManifestSegment): Promise<Uint8Array | null> {
  if (entry.dead === null) return null;
  const bytes = await ctx.blobs.get(entry.dead.key);
  if (bytes === null) throw new MissingBlob(`The tombstones "${entry.dead.key}" are missing`);
  return new Uint8Array(bytes);
}

/** All segments of a generation, in parallel; `onLoaded` sees each as it comes. */
export function loadGeneration(
  ctx: Ports,
  manifest: IndexManifest,
  onLoaded?: (entry: ManifestSegment, loaded: SnapshotSegment) => void,
): Promise<SnapshotSegment[]> {
  return Promise.all(
    manifest.segments.map(async (entry) => {
      const [segment, dead] = await Promise.all([loadSegment(ctx, entry), loadDead(ctx, entry)]);
      const loaded = { segment, dead };
      onLoaded?.(entry, loaded);
      return loaded;
    }),
  );
}

/** Stores a built segment under the hash of its bytes. */
export async function storeSegment(
  ctx: Ports,
  bytes: ArrayBuffer,
  products: number,
): Promise<ManifestSegment> {
  const key = `${SEGMENTS}${await sha256Hex(bytes)}`;
  await ctx.blobs.put(key, bytes, "application/octet-stream");
  return { key, products, bytes: bytes.byteLength, dead: null };
}

/** Stores a bitset of dead products under the hash of its bytes. */
export async function storeDead(
  ctx: Ports,
  dead: Uint8Array<ArrayBuffer>,
  count: number,
): Promise<{ key: string; count: number }> {
  const key = `${DEAD}${await sha256Hex(dead)}`;
  await ctx.blobs.put(key, dead, "application/octet-stream");
  return { key, count };
}

/** The blobs that `gone` names and none of `kept` does. */
export function unnamedBlobs(gone: readonly IndexManifest[], kept: readonly IndexManifest[]): string[] {
  const named = new Set(kept.flatMap(blobKeys));
  return [...new Set(gone.flatMap(blobKeys))].filter((key) => !named.has(key));
}

function blobKeys(manifest: IndexManifest): string[] {
  return manifest.segments.flatMap((entry) =>
    entry.dead === null ? [entry.key] : [entry.key, entry.dead.key],
  );
}

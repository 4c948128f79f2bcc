import { readManifestsBefore } from "../../db/queries/index-manifests.ts";
import { parseManifest, type IndexManifest } from "../../index/manifest.ts";
import { createSnapshot } from "../../index/snapshot.ts";
import { type FollowCtx, indexUnavailable, versionOf } from "./index-version.ts";
import { loadGeneration, MANIFEST_KEY } from "./segments.ts";

/**
 * An isolate that could not open the newest generation takes the last good one; the changes since then are still in
 * the database, so the next polls bring it up to date.
 */
export async function adoptFallback(ctx: FollowCtx, generation: number, cause: unknown): Promise<void> {
  for (const text of await readManifestsBefore(ctx.db, generation)) {
    const manifest = parseManifest(text);
    if (manifest !== null && (await tryAdopt(ctx, manifest))) return;
  }
  throw indexUnavailable(cause);
}

/** With the database away: the copy of the manifest beside the segments, without what changed since. */
export async function loadPublishedCopy(ctx: FollowCtx, cause: unknown): Promise<void> {
  const bytes = await ctx.blobs.get(MANIFEST_KEY);
  const manifest = bytes === null ? null : parseManifest(new TextDecoder().decode(bytes));
  if (manifest === null || !(await tryAdopt(ctx, manifest))) throw indexUnavailable(cause);
}

async function tryAdopt(ctx: FollowCtx, manifest: IndexManifest): Promise<boolean> {
  try {
    const loaded = await loadGeneration(ctx, manifest);
    const snapshot = createSnapshot({
      segments: loaded,
      version: versionOf(manifest.generation, manifest.seq),
    });
    ctx.isolate.index.adopt(manifest, loaded, snapshot, [], manifest.seq);
    ctx.log.warn("index_fell_back", { generation: manifest.generation });
    return true;
  } catch (error) {
    ctx.log.error("index_refused", { generation: manifest.generation, error: String(error) });
    return false;
  }
}

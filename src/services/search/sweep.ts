import type { Deps } from "../../deps.ts";
import { deleteManifests, listManifests } from "../../db/queries/index-manifests.ts";
import { countChanges, purgeTombstones } from "../../db/queries/index-state.ts";
import { parseManifest } from "../../index/manifest.ts";
import { requestMerge } from "./jobs.ts";
import { MERGE_AT } from "./follow.ts";
import { unnamedBlobs } from "./segments.ts";

const KEPT_GENERATIONS = 4;
/** An isolate may still be loading a generation this old. */
const KEPT_MS = 60 * 60 * 1_000;
/** Below `MERGE_AT`, changes are merged once the newest generation is this old. */
const MERGE_AFTER_MS = 10 * 60 * 1_000;

type SweepCtx = Pick<Deps, "db" | "blobs" | "isolate" | "clock" | "log" | "lifetime" | "jobs">;

/**
 * Asks for a merge where one is due, and forgets old generations with their blobs, and the tombstones that all kept
 * generations have taken in.
 */
export async function sweepIndex(ctx: SweepCtx): Promise<void> {
  const rows = await listManifests(ctx.db);
  const now = ctx.clock.now();
  const newest = rows.at(-1);
  const waiting = await countChanges(ctx.db, { seq: newest?.seq ?? 0, limit: MERGE_AT });
  if (waiting >= MERGE_AT || (waiting > 0 && now - (newest?.createdAt ?? 0) > MERGE_AFTER_MS))
    requestMerge(ctx);
  const old = rows.slice(0, -KEPT_GENERATIONS).filter((row) => now - row.createdAt > KEPT_MS);
  const kept = rows.filter((row) => !old.includes(row));
  const manifests = (of: typeof rows) => of.flatMap((row) => parseManifest(row.manifest) ?? []);
  // What a manifest of another version names is not known: that version sweeps.
  const areKnown = manifests(rows).length === rows.length;
  if (old.length > 0 && areKnown) {
    const blobs = unnamedBlobs(manifests(old), manifests(kept));
    await deleteManifests(
      ctx.db,
      old.map((row) => row.generation),
    );
    if (blobs.length > 0) await ctx.blobs.delete(blobs);
    ctx.log.info("index_swept", { generations: old.length, blobs: blobs.length });
  }
  await purgeTombstones(ctx.db);
}

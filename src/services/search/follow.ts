import { readIndexState, type IndexChange, type IndexState } from "../../db/queries/index-state.ts";
import { parseManifest, type IndexManifest } from "../../index/manifest.ts";
import { applyChanges, createSnapshot, type IndexSnapshot } from "../../index/snapshot.ts";
import { requestMerge } from "./jobs.ts";
import { adoptFallback, loadPublishedCopy } from "./fallback.ts";
import { type FollowCtx, versionOf, withSynonyms } from "./index-version.ts";
import { repairIndex } from "./repair.ts";
import { loadGeneration } from "./segments.ts";
import { compileSynonyms } from "./synonyms.ts";

/** Changes read in one poll; a batch of writes is never split, so it is at least the largest batch. */
export const POLL_LIMIT = 1_000;
/** Changes an isolate keeps beside the segments. Beyond, it waits for the merge and says that it is behind. */
export const TAIL_LIMIT = 2_000;
/** A tail of this length asks for a merge. */
export const MERGE_AT = 500;
/** A generation that could not be opened is tried again after this time. */
const REFUSED_MS = 10_000;

/**
 * Brings the isolate's snapshot up to date with the database: one round trip (more only while a thousand changes wait), and
 * the blobs of a new generation. Throws when neither the database nor the published copy of the manifest can be had and
 * nothing is loaded.
 */
export async function follow(ctx: FollowCtx): Promise<void> {
  const holder = ctx.isolate.index;
  do await poll(ctx);
  while (holder.behind && holder.tail.length < TAIL_LIMIT);
  if (holder.tail.length >= MERGE_AT) requestMerge(ctx);
}

async function poll(ctx: FollowCtx): Promise<void> {
  const holder = ctx.isolate.index;
  const startedAt = ctx.clock.now();
  const state = await readState(ctx, startedAt);
  if (state === null) return;
  if (state.synonyms !== null) {
    holder.synonyms = compileSynonyms(state.synonyms.value);
    holder.synonymsVersion = state.synonyms.version;
  }
  const manifest = state.manifest === null ? null : parseManifest(state.manifest);
  if (state.manifest !== null && manifest === null) ctx.log.error("index_manifest_unreadable");
  if (manifest === null) {
    extend(ctx, state.changes);
  } else if (!(await adopt(ctx, manifest, state.changes))) {
    return;
  }
  holder.behind = !state.complete;
  holder.checkedAt = startedAt;
}

/** What the isolate lacks; `null` where the database is away and the published copy was loaded instead. */
async function readState(ctx: FollowCtx, now: number): Promise<IndexState | null> {
  const holder = ctx.isolate.index;
  const generation = Math.max(
    holder.manifest?.generation ?? 0,
    holder.refusedUntil > now ? holder.refused : 0,
  );
  const limit = Math.min(POLL_LIMIT, Math.max(0, TAIL_LIMIT - holder.tail.length));
  try {
    const { seq, synonymsVersion: synonyms } = holder;
    return await readIndexState(ctx.db, { generation, seq, synonyms, limit });
  } catch (error) {
    if (holder.snapshot !== null) throw error;
    ctx.log.warn("index_state_unreadable", { error: String(error) });
    await loadPublishedCopy(ctx, error);
    return null;
  }
}

/** Swaps to a new generation in one assignment, once all of it is open. `false` where it was refused. */
async function adopt(
  ctx: FollowCtx,
  manifest: IndexManifest,
  changes: readonly IndexChange[],
): Promise<boolean> {
  const holder = ctx.isolate.index;
  const announced = Math.max(manifest.seq, changes.at(-1)?.seq ?? 0);
  holder.announced = withSynonyms(versionOf(manifest.generation, announced), holder.synonymsVersion);
  try {
    const loaded = await loadGeneration(ctx, manifest, (_, segment) => {
      if (holder.snapshot === null) holder.partial.push(segment);
    });
    const tail = [...holder.tail.filter((change) => change.seq > manifest.seq), ...changes];
    const seq = Math.max(manifest.seq, tail.at(-1)?.seq ?? 0);
    const base = createSnapshot({ segments: loaded, version: versionOf(manifest.generation, manifest.seq) });
    holder.adopt(manifest, loaded, applyTail(base, tail, versionOf(manifest.generation, seq)), tail, seq);
    ctx.log.info("index_adopted", { generation: manifest.generation, seq, segments: loaded.length });
    return true;
  } catch (error) {
    ctx.log.error("index_refused", { generation: manifest.generation, error: String(error) });
    ctx.lifetime.defer(repairIndex(ctx, manifest, error));
    holder.refused = manifest.generation;
    holder.refusedUntil = ctx.clock.now() + REFUSED_MS;
    if (holder.snapshot === null) await adoptFallback(ctx, manifest.generation, error);
    return false;
  }
}

/** Applies changes on top of the loaded generation. Without any generation, the tail alone is the index. */
function extend(ctx: FollowCtx, changes: readonly IndexChange[]): void {
  const holder = ctx.isolate.index;
  const last = changes.at(-1);
  const generation = holder.manifest?.generation ?? 0;
  if (last === undefined && holder.snapshot !== null) return;
  const base = holder.snapshot ?? createSnapshot({ segments: [], version: versionOf(generation, 0) });
  const seq = last?.seq ?? holder.seq;
  holder.extend(applyTail(base, changes, versionOf(generation, seq)), changes, seq);
}

function applyTail(base: IndexSnapshot, changes: readonly IndexChange[], version: string): IndexSnapshot {
  if (changes.length === 0) return base;
  const latest = new Map(changes.map((change) => [change.id, change]));
  const upserts = [...latest.values()].flatMap((change) => (change.product === null ? [] : [change.product]));
  const deletes = [...latest.values()].filter((change) => change.product === null).map((change) => change.id);
  return applyChanges(base, { upserts, deletes }, version);
}

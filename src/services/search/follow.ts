import { readIndexState, type IndexChange, type IndexState } from "../../db/queries/index-state.ts";
import { parseManifest, type IndexManifest } from "../../index/manifest.ts";
import { applyChanges, createSnapshot, type IndexSnapshot } from "../../index/snapshot.ts";
import { adoptExperiments } from "../experiments/compile.ts";
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
  while ((await poll(ctx)) && holder.tail.length < TAIL_LIMIT);
  if (holder.tail.length >= MERGE_AT) requestMerge(ctx);
}

/** Whether there is more to be read at once. */
async function poll(ctx: FollowCtx): Promise<boolean> {
  const holder = ctx.isolate.index;
  const startedAt = ctx.clock.now();
  const state = await readState(ctx, startedAt);
  if (state === null) return false;
  if (state.synonyms !== null) {
    holder.synonyms = compileSynonyms(state.synonyms.value);
    holder.synonymsVersion = state.synonyms.version;
  }
  adoptExperiments(ctx.isolate.experiments, state.experiments);
  ctx.isolate.experiments.checkedAt = startedAt;
  if (state.manifest !== null) {
    const manifest = parseManifest(state.manifest);
    // The changes are those since the new manifest: without it they would leave a gap.
    if (manifest === null)
      return refuse(ctx, state.generation, new Error("The manifest is of another format"));
    announce(ctx, manifest, state.changes, startedAt);
    const refused = await adopt(ctx, manifest, state.changes);
    if (refused) return true;
  } else if (holder.snapshot !== null && !holder.behind && holder.seq < state.oldestSeq) {
    // Deletions up to there may be forgotten, so this snapshot cannot be brought up to date.
    holder.drop();
    return true;
  } else {
    extend(ctx, state);
  }
  holder.behind = !state.complete;
  holder.checkedAt = startedAt;
  return holder.behind;
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
    const baseSeq = holder.manifest?.seq ?? 0;
    const { version: experiments } = ctx.isolate.experiments;
    return await readIndexState(ctx.db, { generation, baseSeq, seq, synonyms, experiments, limit });
  } catch (error) {
    if (holder.snapshot !== null) throw error;
    ctx.log.warn("index_state_unreadable", { error: String(error) });
    await loadPublishedCopy(ctx, error);
    return null;
  }
}

/** Says which version is being loaded, to who may answer from what others have computed of it. */
function announce(
  { isolate }: FollowCtx,
  manifest: IndexManifest,
  changes: readonly IndexChange[],
  at: number,
): void {
  const seq = Math.max(manifest.seq, changes.at(-1)?.seq ?? 0);
  const version = withSynonyms(versionOf(manifest.generation, seq), isolate.index.synonymsVersion);
  isolate.index.announced = { version, at };
}

/** Swaps to a new generation in one assignment, once all of it is open. Whether it was refused. */
async function adopt(
  ctx: FollowCtx,
  manifest: IndexManifest,
  changes: readonly IndexChange[],
): Promise<boolean> {
  const holder = ctx.isolate.index;
  try {
    const loaded = await loadGeneration(ctx, manifest, (_, segment) => {
      if (holder.snapshot === null) holder.partial.push(segment);
    });
    const isOvertaken = manifest.seq < (holder.manifest?.seq ?? 0);
    const held = isOvertaken ? [] : holder.tail.filter((change) => change.seq > manifest.seq);
    const tail = [...held, ...changes];
    const seq = Math.max(manifest.seq, tail.at(-1)?.seq ?? 0);
    const base = createSnapshot({ segments: loaded, version: versionOf(manifest.generation, manifest.seq) });
    holder.adopt(manifest, loaded, applyTail(base, tail, versionOf(manifest.generation, seq)), tail, seq);
    ctx.log.info("index_adopted", { generation: manifest.generation, seq, segments: loaded.length });
    return false;
  } catch (error) {
    ctx.lifetime.defer(repairIndex(ctx, manifest, error));
    return refuse(ctx, manifest.generation, error);
  }
}

/** Leaves a generation alone for a while: the next poll reads what changed since the one that is loaded. */
async function refuse(ctx: FollowCtx, generation: number, error: unknown): Promise<true> {
  const holder = ctx.isolate.index;
  ctx.log.error("index_refused", { generation, error: String(error) });
  holder.refused = generation;
  holder.refusedUntil = ctx.clock.now() + REFUSED_MS;
  if (holder.snapshot === null) await adoptFallback(ctx, generation, error);
  return true;
}

/** Applies changes on top of the loaded generation. Without any generation, the tail alone is the index. */
function extend(ctx: FollowCtx, { changes, complete, oldestSeq }: IndexState): void {
  const holder = ctx.isolate.index;
  const last = changes.at(-1);
  const generation = holder.manifest?.generation ?? 0;
  if (last === undefined && holder.snapshot !== null) return;
  const base = holder.snapshot ?? createSnapshot({ segments: [], version: versionOf(generation, 0) });
  // Whole again, it is as of the deletions that nobody remembers.
  const seq = Math.max(last?.seq ?? holder.seq, complete ? oldestSeq : 0);
  holder.extend(applyTail(base, changes, versionOf(generation, seq)), changes, seq);
}

function applyTail(base: IndexSnapshot, changes: readonly IndexChange[], version: string): IndexSnapshot {
  if (changes.length === 0) return base;
  const latest = new Map(changes.map((change) => [change.id, change]));
  const upserts = [...latest.values()].flatMap((change) => (change.product === null ? [] : [change.product]));
  const deletes = [...latest.values()].filter((change) => change.product === null).map((change) => change.id);
  return applyChanges(base, { upserts, deletes }, version);
}

import type { Deps } from "../../deps.ts";
import { readMergeState, releaseMergeLease, takeMergeLease } from "../../db/queries/merge-state.ts";
import { readChanges, readProducts, type IndexChange } from "../../db/queries/index-state.ts";
import { SegmentBuilder } from "../../index/builder.ts";
import {
  EMPTY_MANIFEST,
  type IndexManifest,
  type ManifestSegment,
  parseManifest,
} from "../../index/manifest.ts";
import { countDead, isDead } from "../../index/postings.ts";
import { type Segment, SegmentError } from "../../index/segment.ts";
import { tombstone } from "../../index/snapshot.ts";
import { publish } from "./publish.ts";
import { mergeJob } from "./jobs.ts";
import { repairIndex } from "./repair.ts";
import { SEGMENT_PRODUCTS, loadDead, loadSegment, storeDead, storeSegment } from "./segments.ts";

export type MergeCtx = Pick<Deps, "db" | "blobs" | "isolate" | "clock" | "log" | "lifetime" | "jobs">;

/** Fewer changes than this stay in the tail, unless the merge is forced. */
const MERGE_MIN = 200;
/** While the catalogue is changing, a merge waits for so many changes. */
const BULK = 20_000;
/** Without a change for this long, an import is over. */
const QUIET_MS = 2_000;
/** Longer than a merge takes; a merge that died frees the way after it. */
const LEASE_MS = 120_000;
/** Rows read at a time: about 1 MB. */
const PAGE = 1_000;

interface Prior {
  entry: ManifestSegment;
  segment: Segment;
  dead: Uint8Array | null;
  deadCount: number;
}

/**
 * Merges while enough changes wait, one merge at a time in the whole deployment. During an import it waits for the next
 * `BULK` changes, or for the import's end, since each merge rewrites small segments. Idempotent: run again, it finds
 * nothing to do.
 */
export async function mergeChanges(ctx: MergeCtx, options: { force?: boolean } = {}): Promise<void> {
  const until = ctx.clock.now() + LEASE_MS;
  if (!(await takeMergeLease(ctx.db, { now: ctx.clock.now(), until }))) return;
  try {
    for (let least = options.force === true ? 1 : MERGE_MIN; ; least = MERGE_MIN) {
      const { manifest, waiting, lastChangeAt } = await readMergeState(ctx.db, BULK);
      if (waiting < least) return;
      const importing = waiting < BULK && ctx.clock.now() - lastChangeAt < QUIET_MS;
      if (importing && options.force !== true) {
        await ctx.jobs.send([mergeJob(ctx)], QUIET_MS / 1_000);
        return;
      }
      const prior = manifest === null ? EMPTY_MANIFEST : parseManifest(manifest);
      if (prior === null || !(await mergeOrLeave(ctx, prior))) return;
    }
  } finally {
    await releaseMergeLease(ctx.db, until);
  }
}

/** `false` where this version cannot: the index is built anew, or what is of a newer format is left to the version that wrote it. */
async function mergeOrLeave(ctx: MergeCtx, prior: IndexManifest): Promise<boolean> {
  try {
    await mergeOnce(ctx, prior);
    return true;
  } catch (error) {
    const isNewer = error instanceof SegmentError && error.fault === "version";
    if (isNewer || (await repairIndex(ctx, prior, error))) return false;
    throw error;
  }
}

/**
 * Folds the changes since a generation into a new segment and publishes the next one. Small segments are folded in too,
 * so that their number stays near products / 25,000.
 */
async function mergeOnce(ctx: MergeCtx, manifest: IndexManifest): Promise<void> {
  const builder = new SegmentBuilder({ generation: manifest.generation + 1 });
  const changed = await gatherChanges(ctx, manifest.seq, builder);
  const folded = await foldSmall(ctx, manifest, builder, changed.ids);
  const kept: ManifestSegment[] = [];
  for (const entry of manifest.segments) {
    if (folded.includes(entry)) continue;
    const next = await buryIn(ctx, entry, changed.ids);
    if (next !== null) kept.push(next);
  }
  if (builder.size > 0) kept.push(await storeSegment(ctx, builder.finish(), builder.size));
  await publish(ctx, manifest, kept, changed.seq);
}

interface Gathered {
  ids: Set<string>;
  /** All changes up to this one are in. */
  seq: number;
}

/** Reads changes page by page into the builder, as many as one segment holds. Whole batches only. */
async function gatherChanges(ctx: MergeCtx, since: number, builder: SegmentBuilder): Promise<Gathered> {
  const ids = new Set<string>();
  let seq = since;
  for (;;) {
    const room = SEGMENT_PRODUCTS - ids.size;
    const page = await readChanges(ctx.db, { seq, limit: Math.min(PAGE, room) });
    for (const change of page.changes) take(builder, ids, change);
    seq = page.changes.at(-1)?.seq ?? seq;
    if (page.complete || page.changes.length === 0) return { ids, seq };
  }
}

function take(builder: SegmentBuilder, ids: Set<string>, change: IndexChange): void {
  ids.add(change.id);
  if (change.product !== null) builder.add(change.product);
}

/**
 * Folds segments that are no larger than what is merged already (a geometric merge), or mostly dead, while the sum fits
 * one segment. Their products are read from the database, which holds their newest text.
 */
async function foldSmall(
  ctx: MergeCtx,
  manifest: IndexManifest,
  builder: SegmentBuilder,
  changed: ReadonlySet<string>,
): Promise<ManifestSegment[]> {
  const live = (entry: ManifestSegment) => entry.products - (entry.dead?.count ?? 0);
  const candidates = [...manifest.segments].sort((a, b) => live(a) - live(b));
  const folded: ManifestSegment[] = [];
  for (const entry of candidates) {
    const mostlyDead = live(entry) < entry.products / 2;
    if (live(entry) > builder.size * 2 && !mostlyDead) continue;
    if (builder.size + live(entry) > SEGMENT_PRODUCTS) continue;
    const ids = liveIds(await open(ctx, entry), changed);
    for (let from = 0; from < ids.length; from += PAGE) {
      for (const product of await readProducts(ctx.db, ids.slice(from, from + PAGE))) builder.add(product);
    }
    folded.push(entry);
  }
  return folded;
}

function liveIds({ segment, dead }: Prior, changed: ReadonlySet<string>): string[] {
  const ids: string[] = [];
  for (let doc = 0; doc < segment.size; doc++) {
    if (isDead(dead, doc)) continue;
    const id = segment.idOf(doc);
    if (!changed.has(id)) ids.push(id);
  }
  return ids;
}

/** The entry with the changed products marked dead; `null` where none is left alive. */
async function buryIn(
  ctx: MergeCtx,
  entry: ManifestSegment,
  ids: ReadonlySet<string>,
): Promise<ManifestSegment | null> {
  const prior = await open(ctx, entry);
  const dead = tombstone(prior.segment, prior.dead, ids);
  const count = countDead(dead);
  if (count === prior.deadCount) return entry;
  if (count === entry.products) return null;
  return { ...entry, dead: await storeDead(ctx, dead, count) };
}

async function open(ctx: MergeCtx, entry: ManifestSegment): Promise<Prior> {
  const [segment, dead] = await Promise.all([loadSegment(ctx, entry), loadDead(ctx, entry)]);
  return { entry, segment, dead, deadCount: entry.dead?.count ?? 0 };
}

import type { Ctx } from "../../deps.ts";
import {
  createBuild,
  finishBuild,
  readBuild,
  readOpenBuild,
  saveBuildStep,
} from "../../db/queries/index-builds.ts";
import { latestManifest } from "../../db/queries/index-manifests.ts";
import { readLiveProducts } from "../../db/queries/index-state.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { SegmentBuilder } from "../../index/builder.ts";
import {
  EMPTY_MANIFEST,
  generationOf,
  isManifestSegment,
  type ManifestSegment,
} from "../../index/manifest.ts";
import { auditLine } from "../audit/line.ts";
import { rebuildJob } from "./jobs.ts";
import { publish } from "./publish.ts";
import type { MergeCtx } from "./merge.ts";
import { SEGMENT_PRODUCTS, storeSegment } from "./segments.ts";

/** Rows read at a time: about 2 MB. */
const PAGE = 2_000;

/** What a rebuild has done so far; each step is one job, so that none outlives a Worker's limits. */
export interface BuildState {
  /** The last change when the rebuild began: what came later is in the tail of its generation. */
  seq: number;
  /** The last product id that is in a segment. */
  after: string;
  segments: ManifestSegment[];
}

/** Begins a rebuild of the whole index, or finds the one under way. Answers its id at once; jobs do the work. */
export async function startRebuild(
  ctx: Ctx<"db" | "clock" | "jobs">,
): Promise<{ buildId: string; started: boolean }> {
  requireOperator(ctx.actor);
  const buildId = newId("build", ctx.clock);
  const audit = auditLine(ctx, "index.rebuild_started", { target: buildId });
  const created = await createBuild(ctx.db, { id: buildId, now: ctx.clock.now(), audit });
  const id = created ? buildId : ((await readOpenBuild(ctx.db)) ?? buildId);
  await ctx.jobs.send([rebuildJob(ctx, id)]);
  return { buildId: id, started: created };
}

/** Builds the next segment, or publishes when there is none. A repeated step finds the state moved on and goes on from it. */
export async function rebuildStep(ctx: MergeCtx, buildId: string): Promise<void> {
  const saved = await readBuild(ctx.db, buildId);
  if (saved === null) return;
  const state = buildState(saved);
  const builder = new SegmentBuilder({ generation: 0 });
  const after = await fillFrom(ctx, builder, state.after);
  if (builder.size > 0) {
    const entry = await storeSegment(ctx, builder.finish(), builder.size);
    const next = { seq: state.seq, after, segments: [...state.segments, entry] };
    if (
      !(await saveBuildStep(ctx.db, { id: buildId, from: state.after, state: next, now: ctx.clock.now() }))
    ) {
      throw new AppError("conflict", `Another job did this step of the build "${buildId}"`);
    }
    await ctx.jobs.send([rebuildJob(ctx, buildId)]);
    return;
  }
  const text = await latestManifest(ctx.db);
  // All segments are new, so that a prior one of another version's format is replaced as well.
  const prior = { ...EMPTY_MANIFEST, generation: text === null ? 0 : generationOf(text) };
  await publish(ctx, prior, state.segments, state.seq);
  await finishBuild(ctx.db, { id: buildId, now: ctx.clock.now() });
}

function buildState(saved: Record<string, unknown>): BuildState {
  const { seq, after, segments } = saved;
  const known = typeof seq === "number" && typeof after === "string" && Array.isArray(segments);
  if (!known || !segments.every(isManifestSegment))
    throw new AppError("invalid_input", "The state of the build is damaged");
  return { seq, after, segments };
}

/** Adds products after `after` in the order of their ids, as many as a segment holds. Returns the last id. */
async function fillFrom(ctx: MergeCtx, builder: SegmentBuilder, after: string): Promise<string> {
  let last = after;
  while (builder.size < SEGMENT_PRODUCTS) {
    const limit = Math.min(PAGE, SEGMENT_PRODUCTS - builder.size);
    const products = await readLiveProducts(ctx.db, { after: last, limit });
    for (const product of products) builder.add(product);
    last = products.at(-1)?.id ?? last;
    if (products.length < limit) break;
  }
  return last;
}

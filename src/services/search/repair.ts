import { createBuild } from "../../db/queries/index-builds.ts";
import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import type { IndexManifest } from "../../index/manifest.ts";
import { SegmentError } from "../../index/segment.ts";
import { auditLine } from "../audit/line.ts";
import { rebuildJob } from "./jobs.ts";
import { MissingBlob } from "./segments.ts";

/** In a gradual rollout two formats are read side by side: they must not rebuild against each other without end. */
const SETTLED_MS = 5 * 60 * 1_000;

/**
 * Begins a rebuild where no waiting will make `manifest` readable again: a segment is damaged, gone, or of an older
 * format. Not for a newer format, which the version that wrote it reads. Answers whether a rebuild is under way.
 */
export async function repairIndex(
  ctx: Pick<Deps, "db" | "clock" | "jobs" | "log">,
  { generation, createdAt }: IndexManifest,
  error: unknown,
): Promise<boolean> {
  const now = ctx.clock.now();
  if (!isLost(error) || now - createdAt < SETTLED_MS) return false;
  const buildId = newId("build", ctx.clock);
  // Whoever searches has found it broken: it is the deployment that repairs itself.
  const audit = auditLine({ clock: ctx.clock, actor: { kind: "operator" } }, "index.rebuild_started", {
    target: buildId,
  });
  if (await createBuild(ctx.db, { id: buildId, now, audit })) {
    ctx.log.warn("index_repair_begun", { generation, build_id: buildId, error: String(error) });
    await ctx.jobs.send([rebuildJob(ctx, buildId)]);
  }
  return true;
}

function isLost(error: unknown): boolean {
  return error instanceof MissingBlob || (error instanceof SegmentError && error.fault !== "version");
}

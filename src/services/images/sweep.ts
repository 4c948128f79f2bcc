import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import { originalKey } from "../../domain/image.ts";
import { readUnusedContents, removeContents, requeueStuck } from "../../db/queries/images-sweep.ts";
import { relayOutbox } from "../outbox.ts";
import { dropUnnamed, pictureKeys } from "./stored-pictures.ts";

/** Somebody may upload again what they have just deleted. */
const UNUSED_MS = 10 * 60_000;
const MAX_REMOVED = 100;
/** Longer than a job is worked on, and than it waits between its attempts. */
const STUCK_MS = 15 * 60_000;
const MAX_REQUEUED = 100;

type SweepCtx = Pick<Deps, "db" | "blobs" | "jobs" | "clock" | "log">;

/**
 * Removes contents that no image has any more, with their blobs, and gives those that are stuck their job again: at most
 * 100 of each. Two round trips where there is nothing to do.
 */
export async function sweepImages(ctx: SweepCtx): Promise<void> {
  await removeUnused(ctx);
  await requeue(ctx);
}

/** Rows first: who uploads the same bytes after that makes new ones. */
async function removeUnused(ctx: SweepCtx): Promise<void> {
  const since = ctx.clock.now() - UNUSED_MS;
  const unused = await readUnusedContents(ctx.db, { since, limit: MAX_REMOVED });
  if (unused.length === 0) return;
  const removed = await removeContents(ctx.db, { contents: unused.map(({ sha256 }) => sha256), since });
  const gone = unused.filter(({ sha256 }) => removed.has(sha256));
  await ctx.blobs.delete(gone.map(({ sha256 }) => originalKey(sha256)));
  await dropUnnamed(
    ctx,
    gone.flatMap(({ variants }) => pictureKeys(variants)),
    null,
  );
  ctx.log.info("images_swept", { contents: gone.length });
}

async function requeue(ctx: SweepCtx): Promise<void> {
  const now = ctx.clock.now();
  const args = { since: now - STUCK_MS, limit: MAX_REQUEUED, now, jobId: newId("job", ctx.clock) };
  const count = await requeueStuck(ctx.db, args);
  if (count === 0) return;
  ctx.log.warn("images_stuck", { contents: count });
  await relayOutbox(ctx);
}

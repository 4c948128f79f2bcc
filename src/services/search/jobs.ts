import type { Deps } from "../../deps.ts";
import { newId } from "../../domain/ids.ts";
import type { Job } from "../../ports/jobs.ts";

const ASK_AGAIN_MS = 15_000;

/** Asks for a merge after the response, at most once in 15 s an isolate. The job does nothing where nothing is due. */
export function requestMerge(ctx: Pick<Deps, "isolate" | "clock" | "lifetime" | "jobs" | "log">): void {
  const now = ctx.clock.now();
  if (now - ctx.isolate.index.mergeAskedAt < ASK_AGAIN_MS) return;
  ctx.isolate.index.mergeAskedAt = now;
  ctx.lifetime.defer(
    ctx.jobs
      .send([mergeJob(ctx)])
      .catch((error) => ctx.log.warn("merge_not_asked", { error: String(error) })),
  );
}

export function mergeJob(ctx: Pick<Deps, "clock">): Job {
  return { id: newId("job", ctx.clock), kind: "index.merge", payload: {} };
}

export function rebuildJob(ctx: Pick<Deps, "clock">, buildId: string): Job {
  return { id: newId("job", ctx.clock), kind: "index.rebuild", payload: { buildId } };
}

import type { Ctx, Deps } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { type DeploymentFigures, readDeploymentFigures } from "../../db/queries/deployment-figures.ts";
import { EMPTY_MANIFEST, liveProducts, parseManifest } from "../../index/manifest.ts";

/** What waits to be done, and how far the search index has come; times in milliseconds since the epoch. */
export interface Deployment {
  queue: { outbox: number; oldest_at: number | null; dead_letters: number };
  index: {
    generation: number;
    built_at: number | null;
    documents: number;
    seq: number;
    latest_seq: number;
    pending: number;
    oldest_pending_at: number | null;
    newest_change_at: number | null;
  };
}

/** `readDeployment`, for the operator alone. */
export async function deploymentState(ctx: Ctx<"db">): Promise<Deployment> {
  requireOperator(ctx.actor);
  return readDeployment(ctx);
}

/** As the database has it: one round trip. */
export async function readDeployment(ctx: Pick<Deps, "db">): Promise<Deployment> {
  const figures = await readDeploymentFigures(ctx.db);
  const { outbox, oldestUnsentAt, deadLetters } = figures;
  return {
    queue: { outbox, oldest_at: oldestUnsentAt, dead_letters: deadLetters },
    index: indexOf(figures),
  };
}

function indexOf(figures: DeploymentFigures): Deployment["index"] {
  const manifest = (figures.manifest === null ? null : parseManifest(figures.manifest)) ?? EMPTY_MANIFEST;
  return {
    generation: manifest.generation,
    built_at: manifest.generation === 0 ? null : manifest.createdAt,
    documents: liveProducts(manifest),
    seq: manifest.seq,
    latest_seq: figures.latestSeq,
    pending: figures.pending,
    oldest_pending_at: figures.oldestPendingAt,
    newest_change_at: figures.newestChangeAt,
  };
}

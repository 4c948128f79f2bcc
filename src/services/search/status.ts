import type { Ctx } from "../../deps.ts";
import { readIndexOverview } from "../../db/queries/index-manifests.ts";
import { requireOperator } from "../../domain/access.ts";
import { EMPTY_MANIFEST, liveProducts, parseManifest } from "../../index/manifest.ts";

/** How the index stands: what is published, what waits, and what this isolate holds. */
export interface IndexStatus {
  generation: number;
  /** The last change that the segments hold. */
  seq: number;
  /** The last change of the catalogue. */
  latest_seq: number;
  products: number;
  bytes: number;
  segments: { key: string; products: number; dead: number; bytes: number }[];
  /** Changes that are not in a segment yet, counted up to 100,000. */
  tail: number;
  /** The id of the rebuild under way. */
  rebuilding: string | null;
  isolate: {
    version: string | null;
    products: number;
    tail: number;
    behind: boolean;
    checked_ms_ago: number | null;
  };
}

export async function indexStatus(ctx: Ctx<"db" | "isolate" | "clock">): Promise<IndexStatus> {
  requireOperator(ctx.actor);
  const overview = await readIndexOverview(ctx.db);
  const manifest = (overview.manifest === null ? null : parseManifest(overview.manifest)) ?? EMPTY_MANIFEST;
  const holder = ctx.isolate.index;
  const checked = ctx.clock.now() - holder.checkedAt;
  return {
    generation: manifest.generation,
    seq: manifest.seq,
    latest_seq: overview.latestSeq,
    products: liveProducts(manifest),
    bytes: manifest.segments.reduce((sum, segment) => sum + segment.bytes, 0),
    segments: manifest.segments.map(({ key, products, bytes, dead }) => ({
      key,
      products,
      dead: dead?.count ?? 0,
      bytes,
    })),
    tail: overview.tail,
    rebuilding: overview.rebuilding,
    isolate: {
      version: holder.snapshot?.version ?? null,
      products: holder.snapshot?.liveCount ?? 0,
      tail: holder.tail.length,
      behind: holder.behind,
      checked_ms_ago: Number.isFinite(checked) ? checked : null,
    },
  };
}

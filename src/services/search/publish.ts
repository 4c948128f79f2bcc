import type { Deps } from "../../deps.ts";
import { insertManifest } from "../../db/queries/index-manifests.ts";
import { AppError } from "../../domain/errors.ts";
import { type IndexManifest, liveProducts, type ManifestSegment } from "../../index/manifest.ts";
import { MANIFEST_KEY } from "./segments.ts";

/**
 * Makes `segments` the next generation after `prior`. The database decides: two publishers of one generation cannot both
 * win, the other gets `conflict`. The copy beside the segments serves isolates that start while the database is away.
 */
export async function publish(
  ctx: Pick<Deps, "db" | "blobs" | "clock" | "log">,
  prior: IndexManifest,
  segments: readonly ManifestSegment[],
  seq: number,
): Promise<IndexManifest> {
  const createdAt = ctx.clock.now();
  const manifest: IndexManifest = { format: 1, generation: prior.generation + 1, seq, createdAt, segments };
  const text = JSON.stringify(manifest);
  if (!(await insertManifest(ctx.db, { generation: manifest.generation, seq, manifest: text, createdAt }))) {
    throw new AppError(
      "conflict",
      `Generation ${manifest.generation} of the index was published by another job`,
    );
  }
  await ctx.blobs.put(MANIFEST_KEY, new TextEncoder().encode(text), "application/json");
  ctx.log.info("index_published", {
    generation: manifest.generation,
    seq,
    segments: segments.length,
    products: liveProducts(manifest),
  });
  return manifest;
}

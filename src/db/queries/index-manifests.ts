import { asc, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { changeCounter, products } from "../schema/products.ts";
import { indexBuilds, indexManifests } from "../schema/search.ts";

export interface ManifestRow {
  generation: number;
  seq: number;
  /** JSON, as `parseManifest` reads it. */
  manifest: string;
  createdAt: number;
}

const FALLBACKS = 3;

export async function latestManifest(db: Database): Promise<string | null> {
  const rows = await db.orm
    .select({ manifest: indexManifests.manifest })
    .from(indexManifests)
    .orderBy(desc(indexManifests.generation))
    .limit(1);
  return rows[0]?.manifest ?? null;
}

/** The generations before one, the newest first, at most three. */
export async function readManifestsBefore(db: Database, generation: number): Promise<string[]> {
  const rows = await db.orm
    .select({ manifest: indexManifests.manifest })
    .from(indexManifests)
    .where(lt(indexManifests.generation, generation))
    .orderBy(desc(indexManifests.generation))
    .limit(FALLBACKS);
  return rows.map((row) => row.manifest);
}

/** `false` where another publisher took the generation first. */
export async function insertManifest(db: Database, row: ManifestRow): Promise<boolean> {
  const inserted = await db.orm
    .insert(indexManifests)
    .values(row)
    .onConflictDoNothing()
    .returning({ generation: indexManifests.generation });
  return inserted.length === 1;
}

/** All manifests kept, the oldest first: a handful. */
export async function listManifests(db: Database): Promise<ManifestRow[]> {
  return db.orm.select().from(indexManifests).orderBy(asc(indexManifests.generation)).limit(1_000);
}

export async function deleteManifests(db: Database, generations: readonly number[]): Promise<void> {
  if (generations.length === 0) return;
  await db.orm.delete(indexManifests).where(inArray(indexManifests.generation, [...generations]));
}

export interface IndexOverview {
  manifest: string | null;
  /** The last change of the catalogue. */
  latestSeq: number;
  /** Changes that no manifest holds, counted up to 100,000. */
  tail: number;
  /** The id of the rebuild under way. */
  rebuilding: string | null;
}

/** How the index stands, for the operator: one round trip. */
export async function readIndexOverview(db: Database): Promise<IndexOverview> {
  const [manifests, counters, tails, builds] = await db.orm.batch([
    db.orm
      .select({ manifest: indexManifests.manifest })
      .from(indexManifests)
      .orderBy(desc(indexManifests.generation))
      .limit(1),
    db.orm
      .select({ value: changeCounter.value })
      .from(changeCounter)
      .where(eq(changeCounter.name, "products")),
    db.orm
      .select({ count: sql<number>`count(*)` })
      .from(
        sql`(SELECT 1 FROM ${products} WHERE seq > (SELECT coalesce(max(seq), 0) FROM ${indexManifests}) LIMIT 100000)`,
      ),
    db.orm.select({ id: indexBuilds.id }).from(indexBuilds).where(isNull(indexBuilds.finishedAt)).limit(1),
  ]);
  return {
    manifest: manifests[0]?.manifest ?? null,
    latestSeq: counters[0]?.value ?? 0,
    tail: tails[0]?.count ?? 0,
    rebuilding: builds[0]?.id ?? null,
  };
}

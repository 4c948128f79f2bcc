import { and, asc, gt, isNull, sql } from "drizzle-orm";
import type { Product } from "../../domain/product.ts";
import type { Database } from "../client.ts";
import { changeCounter, products } from "../schema/products.ts";
import { indexBuilds, indexManifests } from "../schema/search.ts";
import { experimentsQuery } from "./experiment-config.ts";
import { newerSynonymsQuery } from "./search-settings.ts";
import { productColumns, type ProductRow, toProduct } from "./product-columns.ts";

/** A product as a change left it; `null` where it was deleted. */
export interface IndexChange {
  seq: number;
  id: string;
  product: Product | null;
}

export interface ChangePage {
  /** In the order of `seq`; all changes of a `seq` or none. */
  changes: IndexChange[];
  /** Whether nothing is left behind the page. */
  complete: boolean;
}

export interface IndexState extends ChangePage {
  /** The operator's synonyms, where they are newer than the version asked with. */
  synonyms: { value: unknown; version: number } | null;
  /** All experiments that run and all tunings, where they have moved on. */
  experiments: { value: unknown; version: number } | null;
  /** The newest manifest, where it is newer than the generation asked with. */
  manifest: string | null;
  /** Of that manifest. */
  generation: number;
  /** The last change of the database. */
  latestSeq: number;
  /** That of the oldest manifest that is kept, 0 without any: deletions up to it may be forgotten. */
  oldestSeq: number;
}

const changeColumns = { ...productColumns, seq: products.seq, deletedAt: products.deletedAt };

/** Where an isolate stands: `baseSeq` is its manifest's, and it holds the changes from there to `seq` beside it. */
export interface IndexPosition {
  generation: number;
  baseSeq: number;
  seq: number;
  synonyms: number;
  experiments: number;
  limit: number;
}

/**
 * What an isolate lacks, in one round trip: the newest manifest, and the changes after it (or after `seq`, where that is
 * later), at most `limit` of them. A rebuild that merges overtook is newer and of an earlier `seq` than what they published:
 * then all changes after its `seq`.
 */
export async function readIndexState(db: Database, at: IndexPosition): Promise<IndexState> {
  const since = sql`coalesce((SELECT CASE WHEN seq < ${at.baseSeq} THEN seq ELSE max(seq, ${at.seq}) END FROM ${indexManifests}
    WHERE generation > ${at.generation} ORDER BY generation DESC LIMIT 1), ${at.seq})`;
  const [manifests, rows, counters, synonyms, experiments] = await db.orm.batch([
    db.orm
      .select({ manifest: indexManifests.manifest, generation: indexManifests.generation })
      .from(indexManifests)
      .where(gt(indexManifests.generation, at.generation))
      .orderBy(sql`${indexManifests.generation} DESC`)
      .limit(1),
    db.orm
      .select(changeColumns)
      .from(products)
      .where(sql`${products.seq} > ${since}`)
      .orderBy(asc(products.seq), asc(products.id))
      .limit(at.limit + 1),
    db.orm
      .select({
        value: changeCounter.value,
        oldest: sql<number>`(SELECT coalesce(min(seq), 0) FROM ${indexManifests})`,
      })
      .from(changeCounter)
      .where(sql`${changeCounter.name} = 'products'`),
    newerSynonymsQuery(db, at.synonyms),
    experimentsQuery(db, at.experiments),
  ]);
  return {
    manifest: manifests[0]?.manifest ?? null,
    generation: manifests[0]?.generation ?? at.generation,
    latestSeq: counters[0]?.value ?? 0,
    oldestSeq: counters[0]?.oldest ?? 0,
    synonyms: synonyms[0] ?? null,
    experiments: experiments[0] ?? null,
    ...wholeBatches(rows, at.limit),
  };
}

/** The changes after `seq`, for the merge: at most `limit`. */
export async function readChanges(db: Database, at: { seq: number; limit: number }): Promise<ChangePage> {
  return wholeBatches(await changesQuery(db, at), at.limit);
}

export function changesQuery(db: Database, at: { seq: number; limit: number }) {
  return db.orm
    .select(changeColumns)
    .from(products)
    .where(gt(products.seq, at.seq))
    .orderBy(asc(products.seq), asc(products.id))
    .limit(at.limit + 1);
}

/** How many changes there are after `seq`, counted up to `limit`. */
export async function countChanges(db: Database, at: { seq: number; limit: number }): Promise<number> {
  const rows = await db.orm
    .select({ seq: products.seq })
    .from(products)
    .where(gt(products.seq, at.seq))
    .orderBy(asc(products.seq))
    .limit(at.limit);
  return rows.length;
}

/** The products of these ids that exist, as they are now. */
export async function readProducts(db: Database, ids: readonly string[]): Promise<Product[]> {
  const rows = await db.orm
    .select(productColumns)
    .from(products)
    .where(
      and(
        sql`${products.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
        isNull(products.deletedAt),
      ),
    );
  return rows.map(toProduct);
}

/** Products in the order of their ids, by keyset: at most `limit` after the id `after`. */
export async function readLiveProducts(
  db: Database,
  page: { after: string; limit: number },
): Promise<Product[]> {
  const rows = await db.orm
    .select(productColumns)
    .from(products)
    .where(and(gt(products.id, page.after), isNull(products.deletedAt)))
    .orderBy(asc(products.id))
    .limit(page.limit);
  return rows.map(toProduct);
}

/** Forgets the tombstones that every kept generation, and a rebuild under way, has taken in. Returns how many. */
export async function purgeTombstones(db: Database): Promise<number> {
  const rebuilt = sql`SELECT min(json_extract(state, '$.seq')) FROM ${indexBuilds} WHERE finished_at IS NULL`;
  const gone = await db.orm.run(
    sql`DELETE FROM ${products} WHERE id IN (SELECT id FROM ${products}
      WHERE seq <= (SELECT min(min(seq), coalesce((${rebuilt}), min(seq))) FROM ${indexManifests}) AND deleted_at IS NOT NULL ORDER BY seq LIMIT 1000)`,
  );
  return gone.rowsAffected;
}

/** Cuts a page of `limit + 1` rows at the end of a batch, since a position names only whole batches. */
function wholeBatches(
  rows: readonly (ProductRow & { seq: number; deletedAt: number | null })[],
  limit: number,
): ChangePage {
  const complete = rows.length <= limit;
  const cut = complete ? undefined : rows.at(-1)?.seq;
  const whole = cut === undefined ? rows : rows.filter((row) => row.seq < cut);
  const changes = whole.map(({ seq, deletedAt, ...row }) => ({
    seq,
    id: row.id,
    product: deletedAt === null ? toProduct(row) : null,
  }));
  return { changes, complete };
}

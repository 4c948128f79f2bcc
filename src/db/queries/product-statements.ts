import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { ProductInput } from "../../domain/product.ts";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { images } from "../schema/images.ts";
import { changeCounter, products } from "../schema/products.ts";
import { productColumns } from "./product-columns.ts";
import { insertJobIf } from "./outbox.ts";

/** `contentHash` is equal for equal contents: a write of the same leaves the row as it is. */
export type ProductWrite = ProductInput & { contentHash: string };

/**
 * What must hold of the present product for a write of it to happen. A revision is `<version>.<updated_at>`: it names
 * one state of one product.
 */
export type Precondition =
  | { kind: "none" }
  | { kind: "absent" }
  | { kind: "exists" }
  | { kind: "revision"; anyOf: readonly string[] };

const NEXT_SEQ = sql`(SELECT value + 1 FROM ${changeCounter} WHERE name = 'products')`;

/** As short as JSON gets: arrays, in the order that `upsertStatement` reads them. */
export function encodeRows(writes: readonly ProductWrite[]): string {
  return JSON.stringify(
    writes.map((write) => [
      write.id,
      write.title,
      write.description,
      write.brand,
      write.category,
      write.price?.amount ?? null,
      write.price?.currency ?? null,
      write.rating,
      write.ratingCount,
      write.inStock ? 1 : 0,
      write.imageId,
      write.imageUrl,
      write.attributes,
      write.contentHash,
    ]),
  );
}

function liveProduct(condition: SQL): SQL {
  return sql`(SELECT 1 FROM ${products} AS live WHERE live.id = row.value ->> 0 AND live.deleted_at IS NULL AND ${condition})`;
}

function holds(precondition: Precondition): SQL {
  switch (precondition.kind) {
    case "none":
      return sql`true`;
    case "absent":
      return sql`NOT EXISTS ${liveProduct(sql`true`)}`;
    case "exists":
      return sql`EXISTS ${liveProduct(sql`true`)}`;
    case "revision": {
      const revisions = JSON.stringify(precondition.anyOf);
      return sql`EXISTS ${liveProduct(
        sql`live.version || '.' || live.updated_at IN (SELECT value FROM json_each(${revisions}))`,
      )}`;
    }
    default:
      return precondition satisfies never;
  }
}

/**
 * Whether a row names no image, one of the organisation, or the one that its product has already: who deletes an image
 * can still change what showed it.
 */
function hasOwnImage(orgId: string): SQL {
  const image = sql`row.value ->> 10`;
  return sql`(${image} IS NULL
    OR EXISTS (SELECT 1 FROM ${images} AS image WHERE image.id = ${image} AND image.org_id = ${orgId})
    OR EXISTS ${liveProduct(sql`live.org_id = ${orgId} AND live.image_id = ${image}`)})`;
}

/** Which rows name an image that is not theirs to name; asked before they are written. */
export function strangeImagesQuery(db: Database, { orgId, rows }: { orgId: string; rows: string }) {
  return db.orm
    .select({ id: sql<string>`row.value ->> 0` })
    .from(sql`json_each(${rows}) AS row`)
    .where(sql`NOT ${hasOwnImage(orgId)}`);
}

export interface UpsertArgs {
  orgId: string;
  /** From `encodeRows`. */
  rows: string;
  now: number;
  precondition: Precondition;
}

/**
 * Inserts or updates all rows in one statement, each where it is new, or the organisation's own and changed (or
 * deleted), and where its image is the organisation's; the columns of the SELECT are in the table's order, which drizzle writes into the INSERT.
 */
export function upsertStatement(db: Database, { orgId, rows, now, precondition }: UpsertArgs) {
  const select = sql`SELECT row.value ->> 0, ${orgId}, row.value ->> 1, row.value ->> 2, row.value ->> 3, row.value -> 4,
    row.value ->> 5, row.value ->> 6, row.value ->> 7, row.value ->> 8, row.value ->> 9, row.value ->> 10, row.value ->> 11,
    row.value -> 12, row.value ->> 13, 1, ${NEXT_SEQ}, ${now}, ${now}, NULL
    FROM json_each(${rows}) AS row WHERE ${hasOwnImage(orgId)} AND ${holds(precondition)}`;
  const changed = sql`${products.orgId} = excluded.org_id
    AND (${products.contentHash} <> excluded.content_hash OR ${products.deletedAt} IS NOT NULL)`;
  return db.orm
    .insert(products)
    .select(select)
    .onConflictDoUpdate({ target: products.id, set: FROM_EXCLUDED, setWhere: changed });
}

const FROM_EXCLUDED = {
  title: sql`excluded.title`,
  description: sql`excluded.description`,
  brand: sql`excluded.brand`,
  category: sql`excluded.category`,
  priceAmount: sql`excluded.price_amount`,
  priceCurrency: sql`excluded.price_currency`,
  rating: sql`excluded.rating`,
  ratingCount: sql`excluded.rating_count`,
  inStock: sql`excluded.in_stock`,
  imageId: sql`excluded.image_id`,
  imageUrl: sql`excluded.image_url`,
  attributes: sql`excluded.attributes`,
  contentHash: sql`excluded.content_hash`,
  // It goes on over a deletion, so that no revision ever names two contents.
  version: sql`${products.version} + 1`,
  seq: sql`excluded.seq`,
  createdAt: sql`CASE WHEN ${products.deletedAt} IS NULL THEN ${products.createdAt} ELSE excluded.created_at END`,
  updatedAt: sql`excluded.updated_at`,
  deletedAt: sql`NULL`,
};

/** Leaves a tombstone of the organisation's own product: id, owner, version and times, and nothing of the content. */
export function deleteStatement(
  db: Database,
  { id, orgId, now, version }: { id: string; orgId: string; now: number; version: SQL },
) {
  return db.orm
    .update(products)
    .set({
      title: "",
      description: "",
      brand: null,
      category: [],
      priceAmount: null,
      priceCurrency: null,
      rating: null,
      ratingCount: 0,
      inStock: false,
      imageId: null,
      imageUrl: null,
      attributes: {},
      contentHash: "",
      version: sql`${products.version} + 1`,
      seq: NEXT_SEQ,
      updatedAt: now,
      deletedAt: now,
    })
    .where(and(eq(products.id, id), eq(products.orgId, orgId), isNull(products.deletedAt), version));
}

/** Whether a product is in a state that `precondition` takes, in the SQL of an UPDATE of it. */
export function inRevision(precondition: Precondition): SQL {
  if (precondition.kind !== "revision") return sql`true`;
  const revisions = JSON.stringify(precondition.anyOf);
  return sql`${products.version} || '.' || ${products.updatedAt} IN (SELECT value FROM json_each(${revisions}))`;
}

/** A job that goes with a write if it changes anything, or in any case. */
export interface BulkJob {
  job: Job;
  createdAt: number;
  evenIfUnchanged: boolean;
}

/** Stands between the writes and `advanceStatement`. */
export function insertJobStatement(db: Database, withJob: BulkJob | null) {
  const stamped = sql`EXISTS (SELECT 1 FROM ${products} WHERE seq = ${NEXT_SEQ})`;
  const due = withJob === null ? sql`false` : withJob.evenIfUnchanged ? sql`true` : stamped;
  const job = withJob?.job ?? { id: "", kind: "", payload: {} };
  return insertJobIf(db, job, withJob?.createdAt ?? 0, due);
}

/** Moves the counter on where the statements before it, of the same batch, stamped a row with the next value. */
export function advanceStatement(db: Database) {
  const stamped = sql`EXISTS (SELECT 1 FROM ${products} WHERE seq = ${changeCounter.value} + 1)`;
  return db.orm
    .update(changeCounter)
    .set({ value: sql`${changeCounter.value} + 1` })
    .where(and(eq(changeCounter.name, "products"), stamped));
}

/** A product or its tombstone. */
export function currentQuery(db: Database, id: string) {
  return db.orm
    .select({ ...productColumns, deletedAt: products.deletedAt })
    .from(products)
    .where(eq(products.id, id));
}

/** Which of these ids belong to other organisations. */
export function foreignQuery(db: Database, { orgId, ids }: { orgId: string; ids: string }) {
  return db.orm
    .select({ id: products.id })
    .from(products)
    .where(sql`${products.id} IN (SELECT value FROM json_each(${ids})) AND ${products.orgId} <> ${orgId}`);
}

export interface ProductPage {
  /** Of one organisation, or of all. */
  orgId: string | null;
  /** The last id of the page before. */
  after: string;
  limit: number;
}

/** Products that exist, in the order of their ids. */
export function listProductsQuery(db: Database, { orgId, after, limit }: ProductPage) {
  const ofOrg = orgId === null ? undefined : eq(products.orgId, orgId);
  return db.orm
    .select(productColumns)
    .from(products)
    .where(and(ofOrg, gt(products.id, after), isNull(products.deletedAt)))
    .orderBy(asc(products.id))
    .limit(limit);
}

import type { Product } from "../../domain/product.ts";
import type { Database } from "../client.ts";
import { outbox } from "../schema/jobs.ts";
import { products } from "../schema/products.ts";
import { touchKeyQuery } from "./api-keys.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { productColumns, toProduct } from "./product-columns.ts";
import {
  advanceStatement,
  currentQuery,
  deleteStatement,
  encodeRows,
  foreignQuery,
  inRevision,
  insertJobStatement,
  listProductsQuery,
  strangeImagesQuery,
  upsertStatement,
} from "./product-statements.ts";
import type { BulkJob, Precondition, ProductPage, ProductWrite } from "./product-statements.ts";

export type { BulkJob, Precondition, ProductWrite } from "./product-statements.ts";

/** Who writes: the organisation, and the key whose use is noted. */
export interface Writer {
  orgId: string;
  keyId: string;
  now: number;
}

/** A product, or the tombstone of one with nothing but its id, owner, version and times. */
export type StoredProduct = Product & { deletedAt: number | null };

export async function findProduct(db: Database, id: string): Promise<StoredProduct | undefined> {
  const row = await currentQuery(db, id).get();
  return row && stored(row);
}

function stored({ deletedAt, ...row }: Awaited<ReturnType<typeof currentQuery>>[number]): StoredProduct {
  return { ...toProduct(row), deletedAt };
}

export interface WriteOutcome {
  before: StoredProduct | undefined;
  /** The product as written; `null` where it was not: unchanged, another's, or against the precondition. */
  written: Product | null;
  /** Its image is not the organisation's, so it was not written. */
  hasStrangeImage: boolean;
}

/**
 * Writes one product if it is new, or the organisation's own and changed, if its image is the organisation's, and if
 * `precondition` holds. One round trip.
 */
export async function upsertProduct(
  db: Database,
  writer: Writer,
  write: ProductWrite,
  precondition: Precondition,
): Promise<WriteOutcome> {
  const { orgId, keyId, now } = writer;
  const rows = encodeRows([write]);
  const upsert = upsertStatement(db, { orgId, rows, now, precondition });
  const [[before], strange, [written]] = await db.orm.batch([
    currentQuery(db, write.id),
    strangeImagesQuery(db, { orgId, rows }),
    upsert.returning(productColumns),
    advanceStatement(db),
    touchKeyQuery(db, keyId, now),
  ]);
  return {
    before: before && stored(before),
    written: written === undefined ? null : toProduct(written),
    hasStrangeImage: strange.length > 0,
  };
}

export interface DeleteOutcome {
  before: StoredProduct | undefined;
  deleted: boolean;
}

/** Deletes one product if it is the organisation's own and `precondition` holds. One round trip. */
export async function deleteProductRow(
  db: Database,
  writer: Writer,
  id: string,
  precondition: Precondition,
): Promise<DeleteOutcome> {
  const { orgId, keyId, now } = writer;
  const [[before], deleted] = await db.orm.batch([
    currentQuery(db, id),
    deleteStatement(db, { id, orgId, now, version: inRevision(precondition) }).returning({ id: products.id }),
    advanceStatement(db),
    touchKeyQuery(db, keyId, now),
  ]);
  return { before: before && stored(before), deleted: deleted.length > 0 };
}

export interface BulkOutcome {
  /** Ids inserted or changed. */
  written: Set<string>;
  /** Ids that belong to other organisations. */
  foreign: Set<string>;
  /** Ids whose products name an image that is not the organisation's. */
  strangeImages: Set<string>;
  jobWritten: boolean;
}

/** Writes up to 500 products of distinct ids, and their job, in one round trip and all or none. */
export async function upsertProducts(
  db: Database,
  writer: Writer,
  writes: readonly ProductWrite[],
  { withJob, audit }: { withJob: BulkJob | null; audit: AuditLine },
): Promise<BulkOutcome> {
  const { orgId, keyId, now } = writer;
  const rows = encodeRows(writes);
  const ids = JSON.stringify(writes.map(({ id }) => id));
  const upsert = upsertStatement(db, { orgId, rows, now, precondition: { kind: "none" } });
  const [strange, written, , foreign, jobs] = await db.orm.batch([
    strangeImagesQuery(db, { orgId, rows }),
    upsert.returning({ id: products.id }),
    auditStatement(db, orgId, audit),
    foreignQuery(db, { orgId, ids }),
    insertJobStatement(db, withJob).returning({ id: outbox.id }),
    advanceStatement(db),
    touchKeyQuery(db, keyId, now),
  ]);
  return {
    written: new Set(written.map(({ id }) => id)),
    foreign: new Set(foreign.map(({ id }) => id)),
    strangeImages: new Set(strange.map(({ id }) => id)),
    jobWritten: jobs.length > 0,
  };
}

/** One page of products by keyset: at most `limit` after the id `after`. */
export async function listProducts(db: Database, page: ProductPage): Promise<Product[]> {
  const rows = await listProductsQuery(db, page);
  return rows.map(toProduct);
}

import { and, eq, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { imageContents, images, imageUsage } from "../schema/images.ts";
import { products } from "../schema/products.ts";
import { auditEachStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { imageQuery, isReached } from "./images.ts";
import type { ImageRow, ReachArgs } from "./images.ts";

const TOLD_PRODUCTS = 5;

export interface DeleteArgs {
  id: string;
  reach: ReachArgs;
  /** Of those in reach, the organisations for which the asker may delete; a person's own they always may. */
  writable: ReachArgs;
  now: number;
}

/** Stands before the image's own deletion, as all that reads its row; of a person's own image nothing is told. */
function auditDeletion(db: Database, args: DeleteArgs, audit: AuditLine) {
  const from = sql`FROM ${images} WHERE ${isDeletable(db, args)} AND ${images.orgId} IS NOT NULL`;
  return auditEachStatement(db, audit, { orgId: sql`${images.orgId}`, from });
}

/** Of the asker's organisations alone: nobody keeps another's image there by naming it. */
function showing({ id, reach }: DeleteArgs): SQL | undefined {
  const own = sql`${products.orgId} IN (SELECT value FROM json_each(${JSON.stringify(reach.orgIds)}))`;
  return and(eq(products.imageId, id), own, isNull(products.deletedAt));
}

export function showingProductsQuery(db: Database, args: DeleteArgs) {
  return db.orm.select({ id: products.id }).from(products).where(showing(args)).limit(TOLD_PRODUCTS);
}

function isDeletable(db: Database, args: DeleteArgs): SQL | undefined {
  const shown = db.orm
    .select({ one: sql`1` })
    .from(products)
    .where(showing(args));
  return and(eq(images.id, args.id), isReached(args.writable), sql`NOT EXISTS ${shown}`);
}

/** Stands before the image's own deletion, which it goes by: the content of its last image is left to the sweep. */
export function leaveContentStatement(db: Database, args: DeleteArgs) {
  const content = db.orm.select({ sha256: images.sha256 }).from(images).where(isDeletable(db, args));
  const others = sql`EXISTS (SELECT 1 FROM ${images} AS other WHERE other.sha256 = ${imageContents.sha256} AND other.id <> ${args.id})`;
  return db.orm
    .update(imageContents)
    .set({ unusedSince: args.now })
    .where(and(sql`${imageContents.sha256} = ${content}`, sql`NOT ${others}`));
}

/** Stands before the image's own deletion, too. */
export function uncountImageStatement(db: Database, args: DeleteArgs) {
  const gone = db.orm
    .select({ owner: sql`coalesce(${images.orgId}, ${images.userId})`.as("of"), size: imageContents.bytes })
    .from(images)
    .innerJoin(imageContents, eq(imageContents.sha256, images.sha256))
    .where(isDeletable(db, args))
    .as("gone");
  return db.orm
    .update(imageUsage)
    .set({
      images: sql`max(0, ${imageUsage.images} - 1)`,
      bytes: sql`max(0, ${imageUsage.bytes} - ${gone.size})`,
    })
    .from(gone)
    .where(eq(imageUsage.owner, gone.owner));
}

export function deleteImageStatement(db: Database, args: DeleteArgs) {
  return db.orm.delete(images).where(isDeletable(db, args));
}

export interface DeleteOutcome {
  image: ImageRow | undefined;
  /** Some of the products that show it, at most 5. */
  shownBy: string[];
  deleted: boolean;
}

/** Deletes an image that no product shows. One round trip. */
export async function deleteImageRow(
  db: Database,
  args: DeleteArgs,
  audit: AuditLine,
): Promise<DeleteOutcome> {
  const [[image], shownBy, , , , deleted] = await db.orm.batch([
    imageQuery(db, args),
    showingProductsQuery(db, args),
    leaveContentStatement(db, args),
    uncountImageStatement(db, args),
    auditDeletion(db, args, audit),
    deleteImageStatement(db, args).returning({ id: images.id }),
  ]);
  return { image, shownBy: shownBy.map(({ id }) => id), deleted: deleted.length > 0 };
}

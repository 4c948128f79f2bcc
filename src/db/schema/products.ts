import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { AttributeValue } from "../../domain/product.ts";
import { organisations } from "./orgs.ts";

export const products = sqliteTable(
  "products",
  {
    id: text().primaryKey(),
    orgId: text("org_id")
      .notNull()
      .references(() => organisations.id),
    title: text().notNull(),
    description: text().notNull(),
    brand: text(),
    category: text({ mode: "json" }).$type<string[]>().notNull(),
    priceAmount: integer("price_amount"),
    priceCurrency: text("price_currency"),
    rating: real(),
    ratingCount: integer("rating_count").notNull(),
    inStock: integer("in_stock", { mode: "boolean" }).notNull(),
    imageId: text("image_id"),
    imageUrl: text("image_url"),
    attributes: text({ mode: "json" }).$type<Record<string, AttributeValue>>().notNull(),
    contentHash: text("content_hash").notNull(),
    version: integer().notNull(),
    /** The value of `change_counter('products')` in the batch that wrote the row last. */
    seq: integer().notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** Set on a tombstone, which keeps the id, its owner and its version and nothing of the content. */
    deletedAt: integer("deleted_at"),
  },
  (table) => [
    index("products_by_seq").on(table.seq, table.id),
    index("products_of_org_by_id").on(table.orgId, table.id),
    index("products_by_image")
      .on(table.imageId)
      .where(sql`image_id IS NOT NULL`),
  ],
);

export const changeCounter = sqliteTable("change_counter", {
  name: text().primaryKey(),
  value: integer().notNull(),
});

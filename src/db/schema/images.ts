import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { ImageFailure, ImageFormat, ImageState, StoredVariants } from "../../domain/image.ts";
import { users } from "./accounts.ts";
import { organisations } from "./orgs.ts";

/** What is known of some bytes: resized once, however many images of however many owners have them. */
export const imageContents = sqliteTable(
  "image_contents",
  {
    /** Of the uploaded bytes, in hexadecimal. */
    sha256: text().primaryKey(),
    format: text().$type<ImageFormat>().notNull(),
    bytes: integer().notNull(),
    /** As the header says until the image is ready, then upright. */
    width: integer().notNull(),
    height: integer().notNull(),
    state: text().$type<ImageState>().notNull(),
    errorCode: text("error_code").$type<ImageFailure>(),
    errorDetail: text("error_detail"),
    hasAlpha: integer("has_alpha", { mode: "boolean" }),
    thumbhash: text(),
    variants: text({ mode: "json" }).$type<StoredVariants>(),
    createdAt: integer("created_at").notNull(),
    /** When `state` changed last. */
    changedAt: integer("changed_at").notNull(),
    /** Since when no image has these bytes; they are removed a while later. */
    unusedSince: integer("unused_since"),
  },
  (table) => [
    index("image_contents_unused")
      .on(table.unusedSince)
      .where(sql`unused_since IS NOT NULL`),
    index("image_contents_waiting")
      .on(table.changedAt)
      .where(sql`state IN ('queued', 'processing')`),
  ],
);

/** Which contents name a picture: the same bytes may be a picture of several. */
export const imagePictures = sqliteTable(
  "image_pictures",
  {
    /** Of the picture's own bytes, in hexadecimal. */
    picture: text().notNull(),
    /** Of the content's, which is there as long as it names the picture. */
    content: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.picture, table.content] }),
    index("image_pictures_of_content").on(table.content),
  ],
);

/** An image of an organisation or of a person: the same bytes of the same owner are one image. */
export const images = sqliteTable(
  "images",
  {
    id: text().primaryKey(),
    sha256: text()
      .notNull()
      .references(() => imageContents.sha256),
    /** The owner, or null where a person is. */
    orgId: text("org_id").references(() => organisations.id),
    /** The owner where `org_id` is null, else the person who uploaded it, if one did. */
    userId: text("user_id").references(() => users.id, { onDelete: "cascade" }),
    /** What the file was called, for its owner's eyes. */
    fileName: text("file_name"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("images_of_org_by_content")
      .on(table.orgId, table.sha256)
      .where(sql`org_id IS NOT NULL`),
    uniqueIndex("images_of_user_by_content")
      .on(table.userId, table.sha256)
      .where(sql`org_id IS NULL`),
    index("images_of_org_by_id").on(table.orgId, table.id),
    index("images_of_user_by_id")
      .on(table.userId, table.id)
      .where(sql`org_id IS NULL`),
    index("images_by_content").on(table.sha256),
  ],
);

/** What an owner's images come to, so that a limit costs one row to check. */
export const imageUsage = sqliteTable("image_usage", {
  /** Id of the organisation or person. */
  owner: text().primaryKey(),
  images: integer().notNull(),
  /** Of the uploads, each counted in full, whoever else has the same one. */
  bytes: integer().notNull(),
});

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Which secrets this deployment has signed with, by a digest that leads back to none. */
export const secretKeys = sqliteTable("secret_keys", {
  /** `secretId` of domain/secret-keys.ts. */
  id: text().primaryKey(),
  firstSeenAt: integer("first_seen_at").notNull(),
});

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Scope } from "../../domain/actor.ts";

export const organisations = sqliteTable("organisations", {
  id: text().primaryKey(),
  slug: text().notNull().unique("organisations_by_slug"),
  name: text().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    orgId: text("org_id")
      .notNull()
      .references(() => organisations.id),
    name: text().notNull(),
    /** The first characters of the secret, to tell keys apart in a list. */
    prefix: text().notNull(),
    /** SHA-256 of the secret, in hexadecimal: the secret itself is kept nowhere. */
    hash: text().notNull().unique("api_keys_by_hash"),
    scopes: text({ mode: "json" }).$type<Scope[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
    lastUsedAt: integer("last_used_at"),
  },
  (table) => [index("api_keys_of_org_by_id").on(table.orgId, table.id)],
);

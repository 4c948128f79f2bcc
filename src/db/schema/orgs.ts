import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Role, Scope } from "../../domain/actor.ts";
import { users } from "./accounts.ts";

export const organisations = sqliteTable("organisations", {
  id: text().primaryKey(),
  /** Stands for the organisation in the tables of analytics, whose rows are many and small. */
  number: integer().unique("organisations_by_number"),
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
    /** Set by a rotation: the key holds until then, beside the one that replaces it. */
    endsAt: integer("ends_at"),
  },
  (table) => [index("api_keys_of_org_by_id").on(table.orgId, table.id)],
);

export const members = sqliteTable(
  "members",
  {
    orgId: text("org_id")
      .notNull()
      .references(() => organisations.id),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text().$type<Role>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "members_of_org", columns: [table.orgId, table.userId] }),
    index("members_by_user").on(table.userId, table.orgId),
  ],
);

/** A seat kept for an e-mail address that has no account yet, or has not confirmed it. */
export const invitations = sqliteTable(
  "invitations",
  {
    orgId: text("org_id")
      .notNull()
      .references(() => organisations.id),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "invitations_of_org", columns: [table.orgId, table.email] }),
    index("invitations_by_email").on(table.email),
  ],
);

/** Public, write-only: a page of one of `origins` may send page views with it. */
export const siteKeys = sqliteTable(
  "site_keys",
  {
    id: text().primaryKey(),
    orgId: text("org_id")
      .notNull()
      .references(() => organisations.id),
    name: text().notNull(),
    origins: text({ mode: "json" }).$type<string[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [index("site_keys_of_org_by_id").on(table.orgId, table.id)],
);

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const indexManifests = sqliteTable("index_manifests", {
  generation: integer().primaryKey(),
  seq: integer().notNull(),
  manifest: text().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const indexBuilds = sqliteTable("index_builds", {
  id: text().primaryKey(),
  kind: text().notNull(),
  state: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
  createdAt: integer("created_at").notNull(),
  updatedAt: integer("updated_at").notNull(),
  finishedAt: integer("finished_at"),
});

/** What the operator sets for all searches, by name; `version` rises with each write. */
export const searchSettings = sqliteTable("search_settings", {
  name: text().primaryKey(),
  value: text({ mode: "json" }).$type<unknown>().notNull(),
  version: integer().notNull(),
  updatedAt: integer("updated_at").notNull(),
});

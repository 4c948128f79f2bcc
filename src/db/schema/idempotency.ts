import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    actor: text().notNull(),
    key: text().notNull(),
    bodyHash: text("body_hash").notNull(),
    /** HTTP status of the answer; null while the first request is under way. */
    status: integer(),
    /** Sealed; while the status is null: until when a request has the key, in milliseconds since the epoch. */
    answer: text(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ name: "idempotency_keys_by_actor", columns: [table.actor, table.key] }),
    index("idempotency_keys_by_age").on(table.createdAt),
  ],
);

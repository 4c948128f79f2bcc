import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./accounts.ts";

/** Who has written none has no row. WITHOUT ROWID (in the migration). */
export const ownWrites = sqliteTable("own_writes", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** How many writes of theirs their feed may show. */
  seq: integer().notNull(),
});

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Job, JobOrigin } from "../../ports/jobs.ts";

export const outbox = sqliteTable(
  "outbox",
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    payload: text({ mode: "json" }).$type<Job["payload"]>().notNull(),
    createdAt: integer("created_at").notNull(),
    sentAt: integer("sent_at"),
    /** On whose behalf it was written, as `JobOrigin` in JSON. */
    origin: text({ mode: "json" }).$type<JobOrigin>(),
  },
  (table) => [
    index("outbox_unsent_by_id")
      .on(table.id)
      .where(sql`sent_at IS NULL`),
    index("outbox_sent_by_time")
      .on(table.sentAt)
      .where(sql`sent_at IS NOT NULL`),
  ],
);

export const deadLetters = sqliteTable(
  "dead_letters",
  {
    id: text().primaryKey(),
    jobId: text("job_id").notNull(),
    kind: text().notNull(),
    /** The message's body as it came: it may be no job at all. */
    payload: text({ mode: "json" }).$type<unknown>().notNull(),
    reason: text().notNull(),
    attempts: integer().notNull(),
    createdAt: integer("created_at").notNull(),
    redrivenAt: integer("redriven_at"),
  },
  (table) => [
    index("dead_letters_waiting_by_id")
      .on(table.id)
      .where(sql`redriven_at IS NULL`),
  ],
);

import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Who did what to what. Appended to and forgotten with age, never changed: triggers (in the migration) refuse it. WITHOUT
 * ROWID (in the migration).
 */
export const auditLog = sqliteTable(
  "audit_log",
  {
    /** Empty for what concerns no organisation. No reference: the line outlives what it tells of. */
    orgId: text("org_id").notNull(),
    /** Time-ordered. */
    id: text().notNull(),
    at: integer().notNull(),
    /** As `actorName` of services/audit writes it: `user:…`, `key:…` or `operator`. */
    actor: text().notNull(),
    action: text().notNull(),
    /** The id of what was acted on. */
    target: text(),
    facts: text({ mode: "json" }).$type<Record<string, unknown>>(),
    requestId: text("request_id"),
  },
  (table) => [
    primaryKey({ name: "audit_log_of_org", columns: [table.orgId, table.id] }),
    index("audit_log_by_id").on(table.id),
    index("audit_log_by_actor").on(table.orgId, table.actor, table.id),
    index("audit_log_by_action").on(table.orgId, table.action, table.id),
  ],
);

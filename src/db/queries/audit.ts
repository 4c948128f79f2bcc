import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AuditAction } from "../../domain/audit.ts";
import { NO_ORG } from "../../domain/audit.ts";
import type { Database } from "../client.ts";
import { auditLog } from "../schema/audit.ts";
import { organisations } from "../schema/orgs.ts";
import { isOrg } from "./standing.ts";

/** What is known of an action before it is tried. */
export interface AuditLine {
  id: string;
  at: number;
  actor: string;
  action: AuditAction;
  target: string | null;
  facts: Record<string, unknown> | null;
  requestId: string | null;
}

/**
 * Whether the statement before this one, of the same batch, wrote a row: `changes()` of SQLite is of the connection's last
 * INSERT, UPDATE or DELETE, and a batch has a connection to itself.
 */
const WRITTEN = sql`changes() > 0`;

/** A line whose target the database finds. */
export type AuditLineToFind = Omit<AuditLine, "target"> & { target: string | SQL | null };

function values(orgId: SQL, { id, at, actor, action, target, facts, requestId }: AuditLineToFind): SQL {
  const told = facts === null ? null : JSON.stringify(facts);
  return sql`SELECT ${orgId}, ${id}, ${at}, ${actor}, ${action}, ${target}, ${told}, ${requestId}`;
}

/**
 * Appends the line of an organisation (its id or slug; `null` for the deployment) if `condition` holds: by default, if the
 * statement right before it wrote anything. A line that is there already, as an import's of several batches, stays.
 */
export function auditStatement(
  db: Database,
  org: string | null,
  line: AuditLineToFind,
  condition: SQL = WRITTEN,
) {
  const select =
    org === null
      ? sql`${values(sql`${NO_ORG}`, line)} WHERE ${condition}`
      : sql`${values(sql`organisations.id`, line)} FROM ${organisations} WHERE ${isOrg(org)} AND ${condition}`;
  return db.orm.insert(auditLog).select(select).onConflictDoNothing();
}

/** Appends the same line to each organisation that `from` (the rest of a SELECT after its columns) finds as `orgId`. */
export function auditEachStatement(
  db: Database,
  line: AuditLineToFind,
  { orgId, from }: { orgId: SQL; from: SQL },
) {
  return db.orm
    .insert(auditLog)
    .select(sql`${values(orgId, line)} ${from}`)
    .onConflictDoNothing();
}

/** Appends a line by itself, for what writes nothing else: an export, which goes out after it. One round trip. */
export async function appendAudit(db: Database, org: string | null, line: AuditLine): Promise<void> {
  await auditStatement(db, org, line, sql`true`);
}

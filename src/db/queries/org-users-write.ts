import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { sortNameOf } from "../../domain/sort-name.ts";
import type { Database } from "../client.ts";
import { bumpVersionStatement } from "./analytics-version.ts";
import { touchKeyQuery } from "./api-keys.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { toUserRow, USER_COLUMNS } from "./org-users-row.ts";
import type { OrgUserRow, RawUser } from "./org-users-row.ts";

export interface OrgUserWrite {
  id: string;
  /** `null` where the writer knows none: a name that is there stays. */
  name: string | null;
  /** Milliseconds since the epoch; the oldest given holds. */
  createdAt: number;
}

export interface OrgUserWriter {
  orgId: string;
  /** Of the API key whose use is noted; empty for a person. */
  keyId: string;
  now: number;
}

/** Writes users that are new or changed, which are then no visitors any more; returns the ids of those. */
export function upsertUsersQuery({ orgId, now }: OrgUserWriter, users: readonly OrgUserWrite[]): SQL {
  const rows = users.map(({ id, name, createdAt }) => [id, name, sortNameOf(name ?? id), createdAt]);
  return sql`INSERT INTO org_users (org, id, name, sort_name, named_at, created_at)
    SELECT o.number, row.value ->> 0, row.value ->> 1, row.value ->> 2, iif(row.value ->> 1 IS NULL, 0, ${now}), row.value ->> 3
    FROM organisations AS o CROSS JOIN json_each(${JSON.stringify(rows)}) AS row WHERE o.id = ${orgId}
    ON CONFLICT (org, id) DO UPDATE SET name = coalesce(excluded.name, name),
      sort_name = iif(excluded.name IS NULL, sort_name, excluded.sort_name), named_at = max(named_at, excluded.named_at),
      is_anonymous = 0, created_at = min(created_at, excluded.created_at)
    WHERE is_anonymous = 1 OR created_at > excluded.created_at OR name IS NOT coalesce(excluded.name, name)
    RETURNING id`;
}

/** The ids of the users that are new or changed. One round trip; a repeated id is written in its order. */
export async function upsertUsers(
  db: Database,
  writer: OrgUserWriter,
  users: readonly OrgUserWrite[],
  audit: AuditLine,
): Promise<Set<string>> {
  const [changed] = await db.orm.batch([
    db.orm.all<{ id: string }>(upsertUsersQuery(writer, users)),
    auditStatement(db, writer.orgId, audit),
    bumpVersionStatement(db, writer.orgId, writer.now),
    touchKeyQuery(db, writer.keyId, writer.now),
  ]);
  return new Set(changed.map(({ id }) => id));
}

/** Writes one user and reads what is kept of them; `undefined` where there is no such organisation. One round trip. */
export async function upsertUser(
  db: Database,
  writer: OrgUserWriter,
  user: OrgUserWrite,
): Promise<OrgUserRow | undefined> {
  const [, , , [row]] = await db.orm.batch([
    db.orm.all<{ id: string }>(upsertUsersQuery(writer, [user])),
    bumpVersionStatement(db, writer.orgId, writer.now),
    touchKeyQuery(db, writer.keyId, writer.now),
    db.orm.all<RawUser>(userQuery(writer.orgId, user.id)),
  ]);
  return row && toUserRow(row);
}

export function userQuery(orgId: string, id: string): SQL {
  return sql`SELECT ${USER_COLUMNS} FROM org_users
    WHERE org = (SELECT number FROM organisations WHERE id = ${orgId}) AND id = ${id}`;
}

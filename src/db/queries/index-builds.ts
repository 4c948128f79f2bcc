import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { changeCounter } from "../schema/products.ts";
import { indexBuilds } from "../schema/search.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";

const KIND = "rebuild";
/** A build that has not moved for this long is given up. */
const ABANDONED_MS = 60 * 60 * 1_000;

const open = and(eq(indexBuilds.kind, KIND), isNull(indexBuilds.finishedAt));

/** Begins a build at the present change, unless one is under way; `false` then. */
export async function createBuild(
  db: Database,
  build: { id: string; now: number; audit: AuditLine },
): Promise<boolean> {
  const [, result] = await db.orm.batch([
    db.orm
      .update(indexBuilds)
      .set({ finishedAt: build.now })
      .where(and(open, sql`${indexBuilds.updatedAt} < ${build.now - ABANDONED_MS}`)),
    db.orm.run(sql`INSERT INTO ${indexBuilds} (id, kind, state, created_at, updated_at)
      SELECT ${build.id}, ${KIND}, json_object('seq', coalesce((SELECT value FROM ${changeCounter} WHERE name = 'products'), 0),
        'after', '', 'segments', json('[]')), ${build.now}, ${build.now}
      WHERE NOT EXISTS (SELECT 1 FROM ${indexBuilds} WHERE kind = ${KIND} AND finished_at IS NULL)`),
    auditStatement(db, null, build.audit),
  ]);
  return result.rowsAffected === 1;
}

export async function readOpenBuild(db: Database): Promise<string | null> {
  const rows = await db.orm
    .select({ id: indexBuilds.id })
    .from(indexBuilds)
    .where(open)
    .orderBy(desc(indexBuilds.createdAt))
    .limit(1);
  return rows[0]?.id ?? null;
}

/** The state of a build under way, as its last step wrote it; `null` for one that is finished or unknown. */
export async function readBuild(db: Database, id: string): Promise<Record<string, unknown> | null> {
  const rows = await db.orm
    .select({ state: indexBuilds.state })
    .from(indexBuilds)
    .where(and(eq(indexBuilds.id, id), open))
    .limit(1);
  return rows[0]?.state ?? null;
}

/** Moves a build on from the step that began after `from`; `false` where another job did. */
export async function saveBuildStep(
  db: Database,
  step: { id: string; from: string; state: Record<string, unknown>; now: number },
): Promise<boolean> {
  const moved = await db.orm
    .update(indexBuilds)
    .set({ state: step.state, updatedAt: step.now })
    .where(
      and(
        eq(indexBuilds.id, step.id),
        open,
        sql`json_extract(${indexBuilds.state}, '$.after') = ${step.from}`,
      ),
    )
    .returning({ id: indexBuilds.id });
  return moved.length === 1;
}

export async function finishBuild(db: Database, build: { id: string; now: number }): Promise<void> {
  await db.orm
    .update(indexBuilds)
    .set({ finishedAt: build.now, updatedAt: build.now })
    .where(eq(indexBuilds.id, build.id));
}

import { eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { searchSettings } from "../schema/search.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";

const SYNONYMS = "synonyms";

export interface SettingRow {
  /** As it was written; of any shape, since another version may have written it. */
  value: unknown;
  version: number;
  updatedAt: number;
}

export function synonymsQuery(db: Database) {
  return db.orm
    .select({
      value: searchSettings.value,
      version: searchSettings.version,
      updatedAt: searchSettings.updatedAt,
    })
    .from(searchSettings)
    .where(eq(searchSettings.name, SYNONYMS));
}

/** The synonyms' version, and their value where it is newer than `known`: for the batch that reads the index's state. */
export function newerSynonymsQuery(db: Database, known: number) {
  return db.orm
    .select({ value: searchSettings.value, version: searchSettings.version })
    .from(searchSettings)
    .where(sql`${eq(searchSettings.name, SYNONYMS)} AND ${searchSettings.version} > ${known}`);
}

export async function readSynonyms(db: Database): Promise<SettingRow | null> {
  const [row] = await synonymsQuery(db);
  return row ?? null;
}

/** Replaces the synonyms, if they are still at `expected` (any version for `null`). `null` where they are not. */
export async function writeSynonyms(
  db: Database,
  write: { value: unknown; now: number; expected: number | null; audit: AuditLine },
): Promise<SettingRow | null> {
  const { value, now, expected } = write;
  const unchanged = expected === null ? sql`true` : sql`${searchSettings.version} = ${expected}`;
  const replace = db.orm
    .insert(searchSettings)
    .values({ name: SYNONYMS, value, version: 1, updatedAt: now })
    .onConflictDoUpdate({
      target: searchSettings.name,
      set: { value: sql`excluded.value`, version: sql`${searchSettings.version} + 1`, updatedAt: now },
      setWhere: unchanged,
    })
    .returning({
      value: searchSettings.value,
      version: searchSettings.version,
      updatedAt: searchSettings.updatedAt,
    });
  const [[row]] = await db.orm.batch([replace, auditStatement(db, null, write.audit)]);
  return row ?? null;
}

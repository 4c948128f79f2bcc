import { and, asc, isNotNull, lte, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { originalKey } from "../../domain/image.ts";
import type { StoredVariants } from "../../domain/image.ts";
import type { Database } from "../client.ts";
import { imageContents, imagePictures, images } from "../schema/images.ts";
import { outbox } from "../schema/jobs.ts";
import { originOf } from "./outbox.ts";

export interface UnusedContent {
  sha256: string;
  variants: StoredVariants | null;
}

export function unusedContentsQuery(db: Database, { since, limit }: { since: number; limit: number }) {
  return db.orm
    .select({ sha256: imageContents.sha256, variants: imageContents.variants })
    .from(imageContents)
    .where(and(isNotNull(imageContents.unusedSince), lte(imageContents.unusedSince, since)))
    .orderBy(asc(imageContents.unusedSince))
    .limit(limit);
}

/** Contents that no image has had since then, those first that were left first. */
export async function readUnusedContents(
  db: Database,
  page: { since: number; limit: number },
): Promise<UnusedContent[]> {
  return unusedContentsQuery(db, page);
}

export function removeContentsStatement(db: Database, { list, since }: { list: string; since: number }) {
  const used = sql`EXISTS (SELECT 1 FROM ${images} WHERE ${images.sha256} = ${imageContents.sha256})`;
  return db.orm
    .delete(imageContents)
    .where(
      and(isListed(imageContents.sha256, list), lte(imageContents.unusedSince, since), sql`NOT ${used}`),
    );
}

/** Stands after the removal of the contents. */
export function forgetRemovedStatement(db: Database, { list }: { list: string }) {
  const there = sql`EXISTS (SELECT 1 FROM ${imageContents} WHERE ${imageContents.sha256} = ${imagePictures.content})`;
  return db.orm.delete(imagePictures).where(and(isListed(imagePictures.content, list), sql`NOT ${there}`));
}

function isListed(column: typeof imageContents.sha256 | typeof imagePictures.content, list: string): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${list}))`;
}

/** Removes those of `contents` that are still unused; answers which. One round trip. */
export async function removeContents(
  db: Database,
  { contents, since }: { contents: readonly string[]; since: number },
): Promise<Set<string>> {
  const args = { list: JSON.stringify(contents), since };
  const [removed] = await db.orm.batch([
    removeContentsStatement(db, args).returning({ sha256: imageContents.sha256 }),
    forgetRemovedStatement(db, args),
  ]);
  return new Set(removed.map(({ sha256 }) => sha256));
}

export interface StuckArgs {
  /** In their state since then. */
  since: number;
  limit: number;
  now: number;
  /** A new one: with a content's hash it is the id of the job. */
  jobId: string;
}

// As the index has it: a parameter would not be known to be of these states.
const IS_WAITING = sql`state IN ('queued', 'processing')`;

function stuck(db: Database, { since, limit }: StuckArgs) {
  return db.orm
    .select({ sha256: imageContents.sha256 })
    .from(imageContents)
    .where(and(IS_WAITING, lte(imageContents.changedAt, since)))
    .orderBy(asc(imageContents.changedAt))
    .limit(limit);
}

export function requeueJobsStatement(db: Database, args: StuckArgs) {
  const { now, jobId } = args;
  return db.orm.insert(outbox).select(
    sql`SELECT ${jobId} || '-' || sha256, 'images.resize', json_object('sha256', sha256), ${now}, NULL, ${originOf(db)}
      FROM ${stuck(db, args)}`,
  );
}

/** Stands after the jobs: it makes the contents new ones of the queue. */
export function requeueContentsStatement(db: Database, args: StuckArgs) {
  return db.orm
    .update(imageContents)
    .set({ state: "queued", changedAt: args.now })
    .where(sql`${imageContents.sha256} IN ${stuck(db, args)}`);
}

/** Gives contents that have waited or been worked on for too long their job again; says how many. One round trip. */
export async function requeueStuck(db: Database, args: StuckArgs): Promise<number> {
  const [jobs] = await db.orm.batch([
    requeueJobsStatement(db, args).returning({ id: outbox.id }),
    requeueContentsStatement(db, args),
  ]);
  return jobs.length;
}

const HASH_AT = originalKey("").length + 1;

export function unknownOriginalsQuery(keys: readonly string[]): SQL {
  const known = sql`EXISTS (SELECT 1 FROM ${imageContents} WHERE sha256 = substr(key.value, ${HASH_AT}))`;
  return sql`SELECT key.value AS key FROM json_each(${JSON.stringify(keys)}) AS key WHERE NOT ${known}`;
}

/** Which of these keys of originals no content has. One round trip. */
export async function unknownOriginals(db: Database, keys: readonly string[]): Promise<string[]> {
  const rows = await db.orm.all<{ key: string }>(unknownOriginalsQuery(keys));
  return rows.map(({ key }) => key);
}

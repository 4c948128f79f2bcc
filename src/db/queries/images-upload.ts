import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { ImageHeader, ImageLimit } from "../../domain/image.ts";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { imageContents, images, imageUsage } from "../schema/images.ts";
import { outbox } from "../schema/jobs.ts";
import { touchKeyQuery } from "./api-keys.ts";
import { imageOfContentQuery, isOwnedBy } from "./images.ts";
import type { ImageRow, OwnerArgs } from "./images.ts";
import { announcements } from "./webhook-announcements.ts";
import { insertJobIf } from "./outbox.ts";

export interface UploadArgs {
  id: string;
  owner: OwnerArgs;
  /** The key whose use is noted; `""` for a person. */
  keyId: string;
  fileName: string | null;
  /** What the owner may have: beyond it nothing is written but what they have already. */
  limit: ImageLimit;
  content: Omit<ImageHeader, "isInterlaced"> & { sha256: string; bytes: number };
  /** Written where there is work to do. */
  job: Job;
  now: number;
}

/** Failures that the same bytes, sent again, may overcome. */
const MAY_SUCCEED = sql`(${imageContents.state} = 'failed' AND ${imageContents.errorCode} IN ('processing_failed', 'original_missing'))`;

function ownerOf({ orgId, userId }: OwnerArgs): string | null {
  return orgId ?? userId;
}

/** The same for each statement of the batch up to the image's own. */
function fits({ owner, limit, content: { sha256, bytes } }: UploadArgs): SQL {
  const known = sql`EXISTS (SELECT 1 FROM ${images} WHERE ${and(isOwnedBy(owner), eq(images.sha256, sha256))})`;
  const isOver = sql`(${imageUsage.images} >= ${limit.images} OR ${imageUsage.bytes} + ${bytes} > ${limit.bytes})`;
  return sql`(${known} OR NOT EXISTS (SELECT 1 FROM ${imageUsage} WHERE ${imageUsage.owner} = ${ownerOf(owner)} AND ${isOver}))`;
}

/** Changes a row only where there is work to do: `insertJobStatement` goes by that. */
export function queueContentStatement(db: Database, upload: UploadArgs) {
  const { sha256, bytes, format, width, height } = upload.content;
  const { now } = upload;
  return db.orm
    .insert(imageContents)
    .select(
      sql`SELECT ${sha256}, ${format}, ${bytes}, ${width}, ${height}, 'queued', NULL, NULL, NULL, NULL, NULL,
        ${now}, ${now}, NULL WHERE ${fits(upload)}`,
    )
    .onConflictDoUpdate({
      target: imageContents.sha256,
      set: { state: "queued", errorCode: null, errorDetail: null, changedAt: now },
      setWhere: MAY_SUCCEED,
    });
}

/** Stands right after `queueContentStatement`, of whose rows SQLite's `changes()` tells. */
export function insertJobStatement(db: Database, { job, now }: UploadArgs) {
  return insertJobIf(db, job, now, sql`changes() > 0`);
}

/** Takes the content back from the sweep. */
export function useContentStatement(db: Database, upload: UploadArgs) {
  return db.orm
    .update(imageContents)
    .set({ unusedSince: null })
    .where(
      and(
        eq(imageContents.sha256, upload.content.sha256),
        isNotNull(imageContents.unusedSince),
        fits(upload),
      ),
    );
}

export function insertImageStatement(db: Database, upload: UploadArgs) {
  const { id, owner, fileName, content, now } = upload;
  return db.orm
    .insert(images)
    .select(
      sql`SELECT ${id}, ${content.sha256}, ${owner.orgId}, ${owner.userId}, ${fileName}, ${now}
        WHERE ${fits(upload)}`,
    )
    .onConflictDoNothing();
}

/** Stands right after `insertImageStatement`, as it counts what that has written. */
export function countImageStatement(db: Database, { owner, content }: UploadArgs) {
  return db.orm
    .insert(imageUsage)
    .select(sql`SELECT ${ownerOf(owner)}, 1, ${content.bytes} WHERE changes() > 0`)
    .onConflictDoUpdate({
      target: imageUsage.owner,
      set: { images: sql`${imageUsage.images} + 1`, bytes: sql`${imageUsage.bytes} + excluded.bytes` },
    });
}

export interface UploadOutcome {
  /** `undefined` where it is beyond the owner's limit. */
  image: ImageRow | undefined;
  isNew: boolean;
  isQueued: boolean;
}

/**
 * Notes an upload whose bytes are stored: the content, its job, the owner's image (the one there is, where these bytes
 * came before), and for webhooks that a new image of known bytes is ready or failed at once. One round trip.
 */
export async function insertUpload(db: Database, upload: UploadArgs): Promise<UploadOutcome> {
  const { id, owner, keyId, content, now } = upload;
  const told = { sha256: content.sha256, imageId: id, now };
  const [, jobs, , inserted, , [image]] = await db.orm.batch([
    queueContentStatement(db, upload),
    insertJobStatement(db, upload).returning({ id: outbox.id }),
    useContentStatement(db, upload),
    insertImageStatement(db, upload).returning({ id: images.id }),
    countImageStatement(db, upload),
    imageOfContentQuery(db, owner, content.sha256),
    touchKeyQuery(db, keyId, now),
    ...announcements(db, { ...told, event: "image.ready" }),
    ...announcements(db, { ...told, event: "image.failed" }),
  ]);
  return { image, isNew: inserted.length > 0, isQueued: jobs.length > 0 };
}

export async function isKnownContent(db: Database, sha256: string): Promise<boolean> {
  const rows = await db.orm
    .select({ sha256: imageContents.sha256 })
    .from(imageContents)
    .where(eq(imageContents.sha256, sha256));
  return rows.length > 0;
}

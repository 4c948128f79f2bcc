import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { ImageHeader } from "../../domain/image.ts";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { imageContents, images } from "../schema/images.ts";
import { outbox } from "../schema/jobs.ts";
import { touchKeyQuery } from "./api-keys.ts";
import { imageOfContentQuery } from "./images.ts";
import type { ImageRow, OwnerArgs } from "./images.ts";
import { announcements } from "./webhook-announcements.ts";

export interface UploadArgs {
  id: string;
  owner: OwnerArgs;
  /** The key whose use is noted; `""` for a person. */
  keyId: string;
  fileName: string | null;
  content: Omit<ImageHeader, "isInterlaced"> & { sha256: string; bytes: number };
  /** Written where there is work to do. */
  job: Job;
  now: number;
}

/** Failures that the same bytes, sent again, may overcome. */
const MAY_SUCCEED = sql`(${imageContents.state} = 'failed' AND ${imageContents.errorCode} IN ('processing_failed', 'original_missing'))`;

/** Changes a row only where there is work to do: `insertJobStatement` goes by that. */
export function queueContentStatement(db: Database, { content, now }: UploadArgs) {
  const { sha256, bytes, format, width, height } = content;
  return db.orm
    .insert(imageContents)
    .values({ sha256, bytes, format, width, height, state: "queued", createdAt: now, changedAt: now })
    .onConflictDoUpdate({
      target: imageContents.sha256,
      set: { state: "queued", errorCode: null, errorDetail: null, changedAt: now },
      setWhere: MAY_SUCCEED,
    });
}

/** Stands right after `queueContentStatement`, of whose rows SQLite's `changes()` tells. */
export function insertJobStatement(db: Database, { job, now }: UploadArgs) {
  return db.orm
    .insert(outbox)
    .select(
      sql`SELECT ${job.id}, ${job.kind}, ${JSON.stringify(job.payload)}, ${now}, NULL WHERE changes() > 0`,
    );
}

/** Takes the content back from the sweep. */
export function useContentStatement(db: Database, sha256: string) {
  return db.orm
    .update(imageContents)
    .set({ unusedSince: null })
    .where(and(eq(imageContents.sha256, sha256), isNotNull(imageContents.unusedSince)));
}

export function insertImageStatement(db: Database, { id, owner, fileName, content, now }: UploadArgs) {
  return db.orm
    .insert(images)
    .values({ id, sha256: content.sha256, ...owner, fileName, createdAt: now })
    .onConflictDoNothing();
}

export interface UploadOutcome {
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
  const [, jobs, , inserted, [image]] = await db.orm.batch([
    queueContentStatement(db, upload),
    insertJobStatement(db, upload).returning({ id: outbox.id }),
    useContentStatement(db, content.sha256),
    insertImageStatement(db, upload).returning({ id: images.id }),
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

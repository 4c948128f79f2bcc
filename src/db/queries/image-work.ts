import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { variantKey } from "../../domain/image.ts";
import type { ImageFailure, ImageFormat, ImageState, StoredVariants } from "../../domain/image.ts";
import type { WebhookEvent } from "../../domain/webhook.ts";
import type { Job } from "../../ports/jobs.ts";
import type { Database } from "../client.ts";
import { imageContents, imagePictures, images } from "../schema/images.ts";
import { outbox } from "../schema/jobs.ts";
import { namePicturesStatements } from "./images-pictures.ts";
import { insertJobIf, unsentJobsQuery } from "./outbox.ts";
import { announcements } from "./webhook-announcements.ts";

const MAX_UNSENT = 100;

export interface KnownContent {
  state: ImageState;
  errorCode: ImageFailure | null;
  format: ImageFormat;
  /** What an earlier run noted, and may have stored. */
  variants: StoredVariants | null;
}

/** Waits, is worked on, or failed without being refused: what a run may take up. */
const IS_OPEN: SQL | undefined = or(
  inArray(imageContents.state, ["queued", "processing"]),
  and(eq(imageContents.state, "failed"), eq(imageContents.errorCode, "processing_failed")),
);

export interface ContentAt {
  sha256: string;
  now: number;
}

export function claimStatement(db: Database, { sha256, now }: ContentAt) {
  const isBegun = sql`${imageContents.state} = 'processing'`;
  return db.orm
    .update(imageContents)
    .set({
      state: "processing",
      errorCode: null,
      errorDetail: null,
      changedAt: sql`CASE WHEN ${isBegun} THEN ${imageContents.changedAt} ELSE ${now} END`,
    })
    .where(and(eq(imageContents.sha256, sha256), IS_OPEN));
}

export function contentQuery(db: Database, sha256: string) {
  return db.orm
    .select({
      state: imageContents.state,
      errorCode: imageContents.errorCode,
      format: imageContents.format,
      variants: imageContents.variants,
    })
    .from(imageContents)
    .where(eq(imageContents.sha256, sha256));
}

/** Makes open work `processing`, and says how the content then is; `undefined` where there is none. One round trip. */
export async function claimContent(db: Database, at: ContentAt): Promise<KnownContent | undefined> {
  const [, [content]] = await db.orm.batch([claimStatement(db, at), contentQuery(db, at.sha256)]);
  return content;
}

export interface NotedVariants {
  sha256: string;
  variants: StoredVariants;
}

export function noteStatement(db: Database, { sha256, variants }: NotedVariants) {
  return db.orm
    .update(imageContents)
    .set({ variants })
    .where(and(eq(imageContents.sha256, sha256), IS_OPEN));
}

/**
 * Names what is about to be stored, so that no blob is ever there without a row that knows of it. `false` where the
 * content is not to be worked on any more. One round trip.
 */
export async function noteVariants(db: Database, noted: NotedVariants): Promise<boolean> {
  const [rows] = await db.orm.batch([
    noteStatement(db, noted).returning({ sha256: imageContents.sha256 }),
    ...namePicturesStatements(db, noted.sha256),
  ]);
  return rows.length > 0;
}

export interface ReadyContent extends ContentAt {
  width: number;
  height: number;
  hasAlpha: boolean;
  thumbhash: string;
  variants: StoredVariants;
}

export function readyStatement(db: Database, { sha256, now, ...facts }: ReadyContent) {
  return db.orm
    .update(imageContents)
    .set({ ...facts, state: "ready", errorCode: null, errorDetail: null, changedAt: now })
    .where(and(eq(imageContents.sha256, sha256), IS_OPEN));
}

export interface EndedContent {
  /** How the content is then; `undefined` where it is gone. */
  content: KnownContent | undefined;
  /** Jobs of webhooks that have not reached the queue, at most 100: of those that were told just now, and perhaps others. */
  unsent: Job[];
}

/** Makes the content ready and tells of it, all or nothing, unless another run has ended it. One round trip. */
export async function finishContent(db: Database, ready: ReadyContent): Promise<EndedContent> {
  return endContent(db, readyStatement(db, ready), { ...ready, event: "image.ready" });
}

async function endContent(
  db: Database,
  end: BatchItem<"sqlite">,
  { event, sha256, now }: ContentAt & { event: WebhookEvent },
): Promise<EndedContent> {
  const [, [content], ...told] = await db.orm.batch([
    end,
    contentQuery(db, sha256),
    ...namePicturesStatements(db, sha256),
    ...announcements(db, { event, sha256, now }),
    unsentDeliveriesQuery(db),
  ]);
  return { content, unsent: told.at(-1) };
}

/** Not of uploads: those are their writers' to send, and a job that comes twice at once works twice. */
export function unsentDeliveriesQuery(db: Database) {
  return unsentJobsQuery(db, MAX_UNSENT, eq(outbox.kind, "webhooks.deliver"));
}

export interface FailedContent extends ContentAt {
  code: ImageFailure;
  detail: string;
}

/** Given up is only what waits: a run that failed for good, or ended well, has the last word. */
export function failStatement(db: Database, { sha256, now, code, detail }: FailedContent) {
  const isWaiting = inArray(imageContents.state, ["queued", "processing"]);
  return db.orm
    .update(imageContents)
    .set({ state: "failed", errorCode: code, errorDetail: detail, changedAt: now })
    .where(and(eq(imageContents.sha256, sha256), code === "processing_failed" ? isWaiting : IS_OPEN));
}

/** Makes the content failed and tells of it, all or nothing, unless it has ended. One round trip. */
export async function failContent(db: Database, failed: FailedContent): Promise<EndedContent> {
  return endContent(db, failStatement(db, failed), { ...failed, event: "image.failed" });
}

/** Which of these keys of pictures no content names. One round trip. */
export async function unnamedPictures(db: Database, keys: readonly string[]): Promise<string[]> {
  const rows = await db.orm.all<{ key: string }>(unnamedPicturesQuery(keys));
  return rows.map(({ key }) => key);
}

export function unnamedPicturesQuery(keys: readonly string[]): SQL {
  const named = sql`EXISTS (SELECT 1 FROM ${imagePictures} WHERE picture = substr(key.value, ${HASH_AT}))`;
  return sql`SELECT key.value AS key FROM json_each(${JSON.stringify(keys)}) AS key WHERE NOT ${named}`;
}

const HASH_AT = variantKey("").length + 1;

/** Queues the work of a ready content again, with its job: for one whose stored pictures are gone. One round trip. */
export async function remakeContent(
  db: Database,
  { sha256, now, job }: ContentAt & { job: Job },
): Promise<void> {
  const isReady = sql`EXISTS (SELECT 1 FROM ${imageContents} WHERE sha256 = ${sha256} AND state = 'ready')`;
  await db.orm.batch([
    insertJobIf(db, job, now, isReady),
    db.orm
      .update(imageContents)
      .set({ state: "queued", changedAt: now })
      .where(and(eq(imageContents.sha256, sha256), eq(imageContents.state, "ready"))),
  ]);
}

/** What is shown of an image by its id. */
export function shownQuery(db: Database, id: string) {
  return db.orm
    .select({ sha256: images.sha256, state: imageContents.state, variants: imageContents.variants })
    .from(images)
    .innerJoin(imageContents, eq(imageContents.sha256, images.sha256))
    .where(eq(images.id, id));
}

export type ShownContent = Awaited<ReturnType<typeof shownQuery>>[number];

export async function findShown(db: Database, id: string): Promise<ShownContent | undefined> {
  const [found] = await shownQuery(db, id);
  return found;
}

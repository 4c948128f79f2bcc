import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { ImageState } from "../../domain/image.ts";
import type { Database } from "../client.ts";
import { imageContents, images } from "../schema/images.ts";

/** An image with what is known of its bytes. */
export const imageColumns = {
  id: images.id,
  sha256: images.sha256,
  orgId: images.orgId,
  userId: images.userId,
  fileName: images.fileName,
  createdAt: images.createdAt,
  state: imageContents.state,
  errorCode: imageContents.errorCode,
  errorDetail: imageContents.errorDetail,
  format: imageContents.format,
  bytes: imageContents.bytes,
  width: imageContents.width,
  height: imageContents.height,
  thumbhash: imageContents.thumbhash,
  variants: imageContents.variants,
};

export type ImageRow = Awaited<ReturnType<typeof imageQuery>>[number];

/** The owner's own: an organisation's, or where there is none a person's. */
export interface OwnerArgs {
  orgId: string | null;
  userId: string | null;
}

export function isOwnedBy({ orgId, userId }: OwnerArgs): SQL | undefined {
  if (orgId !== null) return eq(images.orgId, orgId);
  return and(isNull(images.orgId), userId === null ? sql`false` : eq(images.userId, userId));
}

/** Of one of these organisations, or this person's own. */
export interface ReachArgs {
  orgIds: readonly string[];
  userId: string | null;
}

export function isReached({ orgIds, userId }: ReachArgs): SQL {
  const ofOrg = sql`${images.orgId} IN (SELECT value FROM json_each(${JSON.stringify(orgIds)}))`;
  return sql`(${ofOrg} OR (${images.orgId} IS NULL AND ${images.userId} = ${userId}))`;
}

export function imageQuery(db: Database, { id, reach }: { id: string; reach: ReachArgs }) {
  return imagesOf(db).where(and(eq(images.id, id), isReached(reach)));
}

function imagesOf(db: Database) {
  return db.orm
    .select(imageColumns)
    .from(images)
    .innerJoin(imageContents, eq(imageContents.sha256, images.sha256));
}

export async function findImage(
  db: Database,
  wanted: { id: string; reach: ReachArgs },
): Promise<ImageRow | undefined> {
  const [found] = await imageQuery(db, wanted);
  return found;
}

export function imagesQuery(db: Database, { ids, reach }: { ids: readonly string[]; reach: ReachArgs }) {
  const wanted = sql`${images.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return imagesOf(db).where(and(wanted, isReached(reach)));
}

/** Those of `ids` that are there and in reach, in no order. */
export async function findImages(
  db: Database,
  wanted: { ids: readonly string[]; reach: ReachArgs },
): Promise<ImageRow[]> {
  return imagesQuery(db, wanted);
}

export interface ImagePage {
  owner: OwnerArgs;
  state: ImageState | null;
  /** The last id of the page before. */
  before: string | null;
  limit: number;
}

/** The newest first. */
export function listImagesQuery(db: Database, { owner, state, before, limit }: ImagePage) {
  return imagesOf(db)
    .where(
      and(
        isOwnedBy(owner),
        before === null ? undefined : lt(images.id, before),
        state === null ? undefined : eq(imageContents.state, state),
      ),
    )
    .orderBy(desc(images.id))
    .limit(limit);
}

export async function listImages(db: Database, page: ImagePage): Promise<ImageRow[]> {
  return listImagesQuery(db, page);
}

export function imageOfContentQuery(db: Database, owner: OwnerArgs, sha256: string) {
  return imagesOf(db).where(and(isOwnedBy(owner), eq(images.sha256, sha256)));
}

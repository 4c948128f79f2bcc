import type { Ctx } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";
import { newId, uuidv7 } from "../../domain/ids.ts";
import { originalKey, uploadKey } from "../../domain/image.ts";
import type { ImageLimit } from "../../domain/image.ts";
import type { ImageRow } from "../../db/queries/images.ts";
import { insertUpload, isKnownContent } from "../../db/queries/images-upload.ts";
import type { UploadOutcome } from "../../db/queries/images-upload.ts";
import type { Job } from "../../ports/jobs.ts";
import type { StoredStream } from "../../ports/blobs.ts";
import { relayOutbox, sendWritten } from "../outbox.ts";
import { cleanFileName } from "./file-name.ts";
import { InspectedUpload } from "./inspected-upload.ts";
import { uploadOwner } from "./owner.ts";
import type { ImageOwner } from "./owner.ts";

export interface ImageUpload {
  /** Id or slug of the organisation it is for. */
  org?: string;
  /** As its sender calls the file. */
  fileName: string | null;
  body: ReadableStream<Uint8Array>;
  /** What the bytes are said to be, in hexadecimal; `null` where nothing is said. */
  sha256: string | null;
}

type UploadCtx = Ctx<"db" | "blobs" | "jobs" | "clock" | "config" | "lifetime" | "log">;

/**
 * Stores the bytes under their hash as they come, and notes the image and its work; the same bytes of the same owner are
 * the image they were before, and make no work. One round trip, and one after the answer. Throws `body_too_large`,
 * `digest_mismatch`, `image_quota_exceeded`, what `ImageHeaderReader` refuses, and errors of `body` as they are: nothing is kept then.
 */
export async function uploadImage(ctx: UploadCtx, upload: ImageUpload): Promise<ImageRow> {
  const owner = uploadOwner(ctx.actor, upload.org);
  const inspected = new InspectedUpload(upload.body);
  const stored = await ctx.blobs.putStream(inspected.stream, {
    temporaryKey: uploadKey(uuidv7(ctx.clock)),
    keyOf: (sha256) => originalKey(checked(sha256, upload.sha256)),
    // Originals are not served; were one, no browser should run it.
    contentType: "application/octet-stream",
  });
  const { format, width, height } = inspected.header;
  const { sha256, bytes } = stored;
  const content = { sha256, bytes, format, width, height };
  return note(ctx, { owner, content, fileName: cleanFileName(upload.fileName) }, stored);
}

function checked(sha256: string, announced: string | null): string {
  if (announced === null || announced === sha256) return sha256;
  throw new AppError(
    "digest_mismatch",
    `The body's SHA-256 is ${sha256}, and ${announced} by its Content-Digest`,
  );
}

interface Noted {
  owner: ImageOwner;
  content: Parameters<typeof insertUpload>[1]["content"];
  fileName: string | null;
}

async function note(ctx: UploadCtx, noted: Noted, stored: StoredStream): Promise<ImageRow> {
  const { sha256 } = stored;
  const job: Job = { id: newId("job", ctx.clock), kind: "images.resize", payload: { sha256 } };
  const keyId = ctx.actor.kind === "api-key" ? ctx.actor.keyId : "";
  const limit = limitOf(ctx, noted.owner);
  const upload = { id: newId("img", ctx.clock), ...noted, limit, keyId, job, now: ctx.clock.now() };
  let outcome: UploadOutcome;
  try {
    outcome = await insertUpload(ctx.db, upload);
  } catch (error) {
    await dropUnnoted(ctx, stored);
    throw error;
  }
  if (outcome.image === undefined) {
    await dropUnnoted(ctx, stored);
    throw noRoom(noted.owner, limit);
  }
  await goOn(ctx, outcome, job, stored);
  return outcome.image;
}

function limitOf({ config }: UploadCtx, { orgId }: ImageOwner): ImageLimit {
  return orgId === null ? config.imageLimits.person : config.imageLimits.organisation;
}

function noRoom({ orgId }: ImageOwner, { images, bytes }: ImageLimit): AppError {
  const owner = orgId === null ? "A person" : "An organisation";
  const most = `${images} images and ${bytes / 1_000_000_000} GB`;
  return new AppError(
    "image_quota_exceeded",
    `${owner} may have ${most} of uploads: delete what is not needed`,
  );
}

/** The bytes may be another's too, so they go only where nobody is known to have them. */
async function dropUnnoted(ctx: UploadCtx, { sha256, key }: StoredStream): Promise<void> {
  try {
    if (!(await isKnownContent(ctx.db, sha256))) await ctx.blobs.delete([key]);
  } catch (error) {
    ctx.log.warn("upload_left_behind", { key, error: String(error) });
  }
}

async function goOn(
  ctx: UploadCtx,
  { image, isNew, isQueued }: UploadOutcome,
  job: Job,
  { key }: StoredStream,
): Promise<void> {
  if (isQueued) return ctx.lifetime.defer(sendWritten(ctx, [job]));
  // What failed for good keeps no original: these bytes need not be there for the next to hear it.
  if (image?.state === "failed") await ctx.blobs.delete([key]);
  // Webhooks are told of images of organisations; what still waits is told when it ends.
  const isTold = image?.orgId !== null && (image?.state === "ready" || image?.state === "failed");
  if (isNew && isTold) ctx.lifetime.defer(relayOutbox(ctx));
}

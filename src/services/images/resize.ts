import type { Deps } from "../../deps.ts";
import {
  claimContent,
  failContent,
  finishContent,
  type KnownContent,
  noteVariants,
} from "../../db/queries/image-work.ts";
import { AppError } from "../../domain/errors.ts";
import { type ImageFailure, originalKey } from "../../domain/image.ts";
import type { ResizedImage } from "../../ports/image-codec.ts";
import { relayOutbox, sendWritten } from "../outbox.ts";
import { dropUnnamed, pictureKeys, putPictures, signPictures } from "./stored-pictures.ts";

export type ResizeCtx = Pick<Deps, "db" | "blobs" | "codec" | "jobs" | "clock" | "log">;

const MAX_DETAIL = 500;

/**
 * Makes the pictures of the uploaded bytes `sha256`, unless that is done, has failed for good, or no one has the image
 * any more. Safe to run twice, late, and at once with another run. What cannot be read is `failed` at once; whatever else
 * is thrown wants another try.
 */
export async function resizeImage(ctx: ResizeCtx, sha256: string): Promise<void> {
  const known = await claimContent(ctx.db, { sha256, now: ctx.clock.now() });
  if (known === undefined) return;
  if (known.state === "processing") return work(ctx, sha256, known);
  if (known.state === "failed") await dropOriginal(ctx, sha256, known.errorCode);
  // A run that was cut off after its last write has left what it wrote to be told.
  await relayOutbox(ctx);
}

async function work(ctx: ResizeCtx, sha256: string, known: KnownContent): Promise<void> {
  try {
    const resized = await resizeOriginal(ctx, sha256, known);
    if (resized === null) await fail(ctx, sha256, "original_missing", "The uploaded bytes are not there");
    else await keep(ctx, sha256, known, resized);
  } catch (error) {
    const code = failureOf(error);
    if (code === null) throw error;
    const { detail } = (error as AppError).facts;
    await fail(ctx, sha256, code, detail.slice(0, MAX_DETAIL));
  }
}

async function resizeOriginal(
  ctx: ResizeCtx,
  sha256: string,
  { format }: KnownContent,
): Promise<ResizedImage | null> {
  const original = await ctx.blobs.getStream(originalKey(sha256));
  if (original === null) return null;
  return ctx.codec.resize(original.body, format);
}

/** Names the pictures in the row, stores them, and then makes the row ready: so each stored blob has a row. */
async function keep(
  ctx: ResizeCtx,
  sha256: string,
  known: KnownContent,
  { variants: pictures, ...facts }: ResizedImage,
): Promise<void> {
  const { variants, blobs } = await signPictures(pictures);
  if (!(await noteVariants(ctx.db, { sha256, variants }))) return;
  await putPictures(ctx.blobs, blobs);
  const now = ctx.clock.now();
  const { content, unsent } = await finishContent(ctx.db, { sha256, now, ...facts, variants });
  await sendWritten(ctx, unsent);
  const stored = [...pictureKeys(known.variants), ...blobs.keys()];
  await dropUnnamed(ctx, stored, content?.variants ?? null);
}

async function fail(ctx: ResizeCtx, sha256: string, code: ImageFailure, detail: string): Promise<void> {
  const { unsent } = await failContent(ctx.db, { sha256, now: ctx.clock.now(), code, detail });
  ctx.log.info("image_failed", { sha256, code });
  await sendWritten(ctx, unsent);
  await dropOriginal(ctx, sha256, code);
}

/** Bytes that were refused are not read again. After any other failure they are, or new ones are on their way. */
async function dropOriginal(ctx: ResizeCtx, sha256: string, code: ImageFailure | null): Promise<void> {
  if (code === null || code === "processing_failed" || code === "original_missing") return;
  await ctx.blobs.delete([originalKey(sha256)]);
}

/** The code of an error that the image's own bytes are the cause of. */
function failureOf(error: unknown): ImageFailure | null {
  if (!(error instanceof AppError)) return null;
  const { code } = error;
  switch (code) {
    case "not_an_image":
    case "image_format_unsupported":
    case "image_heic_unsupported":
    case "image_avif_unsupported":
    case "image_kind_unsupported":
    case "image_truncated":
    case "image_corrupt":
    case "image_too_many_pixels":
    case "image_too_complex":
      return code;
    default:
      return null;
  }
}

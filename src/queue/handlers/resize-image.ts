import { AppError } from "../../domain/errors.ts";
import type { Job } from "../../ports/jobs.ts";
import { giveUpImage } from "../../services/images/give-up.ts";
import { resizeImage as resize } from "../../services/images/resize.ts";
import type { JobHandler } from "../handler.ts";

export const resizeImage: JobHandler = async (ctx, job) => {
  await resize(ctx, contentOf(job));
};

/** What becomes of the image where its job is among the dead letters. */
export const giveUpResizing: JobHandler = async (ctx, job) => {
  await giveUpImage(ctx, contentOf(job));
};

function contentOf(job: Job): string {
  const { sha256 } = job.payload;
  if (typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new AppError("invalid_input", `The job "${job.id}" names no image`);
}

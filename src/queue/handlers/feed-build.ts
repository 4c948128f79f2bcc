import { AppError } from "../../domain/errors.ts";
import { buildTimeline } from "../../services/feed/timeline-jobs.ts";
import type { JobHandler } from "../handler.ts";

export const buildFeed: JobHandler = async (ctx, job) => {
  const { reader } = job.payload;
  if (typeof reader !== "string") throw new AppError("invalid_input", `The job "${job.id}" names no reader`);
  await buildTimeline(ctx, reader);
};

import { AppError } from "../../domain/errors.ts";
import { fanOut } from "../../services/feed/timeline-jobs.ts";
import type { JobHandler } from "../handler.ts";

export const fanOutPost: JobHandler = async (ctx, job) => {
  const { post } = job.payload;
  if (typeof post !== "string") throw new AppError("invalid_input", `The job "${job.id}" names no post`);
  await fanOut(ctx, post);
};

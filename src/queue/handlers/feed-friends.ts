import { AppError } from "../../domain/errors.ts";
import type { Job } from "../../ports/jobs.ts";
import { backfill, clean } from "../../services/feed/timeline-jobs.ts";
import type { JobHandler } from "../handler.ts";

/** Two have become friends. */
export const backfillFriends: JobHandler = async (ctx, job) => {
  await backfill(ctx, twoOf(job));
};

/** Two are friends no more. */
export const cleanFriends: JobHandler = async (ctx, job) => {
  await clean(ctx, twoOf(job));
};

function twoOf(job: Job): { one: string; other: string } {
  const { one, other } = job.payload;
  if (typeof one === "string" && typeof other === "string") return { one, other };
  throw new AppError("invalid_input", `The job "${job.id}" does not name two people`);
}

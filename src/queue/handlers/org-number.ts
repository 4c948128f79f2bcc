import { AppError } from "../../domain/errors.ts";
import type { Job } from "../../ports/jobs.ts";

/** The organisation's number in a job's payload. */
export function orgNumberOf(job: Job): number {
  const { org } = job.payload;
  if (typeof org === "number" && Number.isSafeInteger(org)) return org;
  throw new AppError("invalid_input", `The job "${job.id}" names no organisation`);
}

import { AppError } from "../../domain/errors.ts";
import { rebuildStep } from "../../services/search/rebuild.ts";
import type { JobHandler } from "../handler.ts";

export const rebuildIndex: JobHandler = async (ctx, job) => {
  const buildId = job.payload.buildId;
  if (typeof buildId !== "string") throw new AppError("invalid_input", `The job "${job.id}" names no build`);
  await rebuildStep(ctx, buildId);
};

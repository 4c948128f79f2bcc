import { AppError } from "../../domain/errors.ts";
import { keepSketches as keep } from "../../services/analytics/sketches.ts";
import type { JobHandler } from "../handler.ts";
import { orgNumberOf } from "./org-number.ts";

export const keepSketches: JobHandler = async (ctx, job) => {
  const { zone, asked } = job.payload;
  if (typeof zone !== "string") throw new AppError("invalid_input", `The job "${job.id}" names no zone`);
  await keep(ctx, { org: orgNumberOf(job), zone, asked: typeof asked === "number" ? asked : 0 });
};

import { AppError } from "../../domain/errors.ts";
import { eraseRest } from "../../services/events/erase-user.ts";
import type { JobHandler } from "../handler.ts";
import { orgNumberOf } from "./org-number.ts";

export const eraseUser: JobHandler = async (ctx, job) => {
  const { user } = job.payload;
  if (typeof user !== "number") throw new AppError("invalid_input", `The job "${job.id}" names no user`);
  await eraseRest(ctx, { org: orgNumberOf(job), user });
};

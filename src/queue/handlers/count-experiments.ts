import { countJobOf } from "../../services/experiments/count.ts";
import type { JobHandler } from "../handler.ts";

export const countExperiments: JobHandler = async (ctx, job) => {
  await countJobOf(ctx, { id: job.id, body: job.payload["body"] });
};

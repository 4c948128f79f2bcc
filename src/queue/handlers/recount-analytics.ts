import { recountStep } from "../../services/analytics/recount-jobs.ts";
import type { JobHandler } from "../handler.ts";
import { orgNumberOf } from "./org-number.ts";

export const recountAnalytics: JobHandler = async (ctx, job) => {
  const { after_user: user, after_day: day } = job.payload;
  const afterUser = typeof user === "string" ? user : null;
  await recountStep(ctx, { org: orgNumberOf(job), afterUser, afterDay: typeof day === "number" ? day : -1 });
};

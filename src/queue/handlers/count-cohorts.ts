import { countCohorts as count } from "../../services/analytics/cohorts.ts";
import type { JobHandler } from "../handler.ts";
import { orgNumberOf } from "./org-number.ts";

export const countCohorts: JobHandler = async (ctx, job) => {
  await count(ctx, orgNumberOf(job));
};

import { forgetEvents as forget } from "../../services/events/retention.ts";
import type { JobHandler } from "../handler.ts";
import { orgNumberOf } from "./org-number.ts";

export const forgetEvents: JobHandler = async (ctx, job) => {
  await forget(ctx, orgNumberOf(job));
};

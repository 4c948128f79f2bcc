import { foldOrg } from "../../services/events/fold.ts";
import type { JobHandler } from "../handler.ts";
import { orgNumberOf } from "./org-number.ts";

export const foldEvents: JobHandler = async (ctx, job) => {
  await foldOrg(ctx, orgNumberOf(job));
};

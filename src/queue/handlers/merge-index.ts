import { mergeChanges } from "../../services/search/merge.ts";
import type { JobHandler } from "../handlers.ts";

export const mergeIndex: JobHandler = async (ctx) => {
  await mergeChanges(ctx);
};

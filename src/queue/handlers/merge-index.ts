import { mergeChanges } from "../../services/search/merge.ts";
import type { JobHandler } from "../handler.ts";

export const mergeIndex: JobHandler = async (ctx) => {
  await mergeChanges(ctx);
};

import type { JobHandler } from "./handler.ts";
import { mergeIndex } from "./handlers/merge-index.ts";
import { rebuildIndex } from "./handlers/rebuild-index.ts";

/** Every kind of job and what runs it. */
export const HANDLERS: ReadonlyMap<string, JobHandler> = new Map([
  ["index.merge", mergeIndex],
  ["index.rebuild", rebuildIndex],
]);

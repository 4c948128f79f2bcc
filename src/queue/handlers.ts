import type { JobHandler } from "./handler.ts";
import { foldEvents } from "./handlers/fold-events.ts";
import { mergeIndex } from "./handlers/merge-index.ts";
import { rebuildIndex } from "./handlers/rebuild-index.ts";

/** Every kind of job and what runs it. */
export const HANDLERS: ReadonlyMap<string, JobHandler> = new Map([
  ["events.fold", foldEvents],
  ["index.merge", mergeIndex],
  ["index.rebuild", rebuildIndex],
]);

import type { Ctx, Deps } from "../deps.ts";
import type { Job } from "../ports/jobs.ts";
import { mergeIndex } from "./handlers/merge-index.ts";
import { rebuildIndex } from "./handlers/rebuild-index.ts";

export type JobHandler = (ctx: Ctx<keyof Deps>, job: Job) => Promise<void>;

/** Every kind of job and what runs it. Handlers are idempotent: a job may come twice, late, or out of order. */
export const HANDLERS: ReadonlyMap<string, JobHandler> = new Map([
  ["index.merge", mergeIndex],
  ["index.rebuild", rebuildIndex],
]);

import type { Ctx, Deps } from "../deps.ts";
import type { Job } from "../ports/jobs.ts";

/** Runs one job. Idempotent: a job may come twice, late, or out of order. */
export type JobHandler = (ctx: Ctx<keyof Deps>, job: Job) => Promise<void>;

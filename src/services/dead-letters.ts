import type { Ctx, Deps } from "../deps.ts";
import {
  type Backlog,
  type DeadLetterRow,
  findDeadLetter,
  insertDeadLetter,
  listDeadLetters,
  readBacklog,
  redriveDeadLetterRows,
} from "../db/queries/dead-letters.ts";
import { requireOperator } from "../domain/access.ts";
import { AppError } from "../domain/errors.ts";
import { newId } from "../domain/ids.ts";
import type { Job } from "../ports/jobs.ts";
import { auditLine } from "./audit/line.ts";
import { afterOf, pageOf } from "./id-pages.ts";
import { relayOutbox } from "./outbox.ts";

export interface FailedMessage {
  messageId: string;
  /** As it came: it may be no job at all. */
  body: unknown;
  reason: string;
  attempts: number;
}

export interface DeadLetter {
  id: string;
  job_id: string;
  kind: string;
  body: unknown;
  reason: string;
  attempts: number;
  created_at: number;
}

const SCOPE = "dead-letters";

/** A job's own id, which is the same in each of its messages and sorts by time. */
const JOB_ID = /^[\w.:-]{1,128}$/;

/**
 * Keeps what failed for good, with its body and the reason, once for a job. `false` where it was kept before and has been
 * redriven since: then it is another job's to fail.
 */
export async function keepDeadLetter(
  ctx: Pick<Deps, "db" | "clock" | "log">,
  failed: FailedMessage,
): Promise<boolean> {
  const body =
    typeof failed.body === "object" && failed.body !== null ? (failed.body as Record<string, unknown>) : {};
  const jobId = typeof body.id === "string" && JOB_ID.test(body.id) ? body.id : failed.messageId;
  const row = {
    id: `dl_${jobId}`,
    jobId,
    kind: typeof body.kind === "string" ? body.kind : "unknown",
    payload: { body: failed.body ?? null },
    reason: failed.reason,
    attempts: failed.attempts,
    createdAt: ctx.clock.now(),
  };
  const isWaiting = await insertDeadLetter(ctx.db, row);
  ctx.log.error("dead_letter", {
    job: row.jobId,
    kind: row.kind,
    reason: row.reason,
    attempts: row.attempts,
  });
  return isWaiting;
}

/** Dead letters that wait, the newest first. */
export async function deadLetterPage(
  ctx: Ctx<"db" | "config">,
  page: { cursor: string | null; limit: number },
): Promise<{ items: DeadLetter[]; next_cursor: string | null }> {
  requireOperator(ctx.actor);
  const before = await afterOf(ctx, SCOPE, page.cursor);
  const rows = await listDeadLetters(ctx.db, { before, limit: page.limit + 1 });
  const { items, nextCursor } = await pageOf(ctx, SCOPE, rows, page.limit);
  return { items: items.map(toDeadLetter), next_cursor: nextCursor };
}

/** Throws `not_found` where none waits under this id. */
export async function getDeadLetter(ctx: Ctx<"db">, id: string): Promise<DeadLetter> {
  requireOperator(ctx.actor);
  const row = await findDeadLetter(ctx.db, id);
  if (row === undefined) throw noSuchLetter(id);
  return toDeadLetter(row);
}

function toDeadLetter(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    job_id: row.jobId,
    kind: row.kind,
    body: bodyOf(row.payload),
    reason: row.reason,
    attempts: row.attempts,
    created_at: row.createdAt,
  };
}

/**
 * Sends a dead letter's job again, once, by way of the outbox: where the queue is away it goes later. `not_found` where
 * none waits under this id.
 */
export async function redriveDeadLetter(
  ctx: Ctx<"db" | "clock" | "jobs" | "log">,
  id: string,
): Promise<{ job_id: string }> {
  requireOperator(ctx.actor);
  const row = await findDeadLetter(ctx.db, id);
  const [job] = row === undefined ? [] : await redriveLetters(ctx, [row]);
  if (job === undefined) throw noSuchLetter(id);
  return { job_id: job.id };
}

/** As `redriveDeadLetter`, of several at once: the jobs of those that waited still. */
export async function redriveLetters(
  ctx: Ctx<"db" | "clock" | "jobs" | "log">,
  rows: readonly DeadLetterRow[],
): Promise<Job[]> {
  requireOperator(ctx.actor);
  const redrives = rows.map(({ id, kind, payload }) => ({
    id,
    now: ctx.clock.now(),
    job: { id: newId("job", ctx.clock), kind, payload: payloadOf(bodyOf(payload)) },
    audit: auditLine(ctx, "dead_letter.redriven", { target: id, facts: { kind } }),
  }));
  const redriven = new Set(await redriveDeadLetterRows(ctx.db, redrives));
  if (redriven.size > 0) await relayOutbox(ctx);
  return redrives.filter(({ id }) => redriven.has(id)).map(({ job }) => job);
}

function noSuchLetter(id: string): AppError {
  return new AppError("not_found", `No dead letter waits under "${id}"`);
}

export async function backlog(ctx: Ctx<"db">): Promise<Backlog> {
  requireOperator(ctx.actor);
  return readBacklog(ctx.db);
}

/** The column holds the body in an object, since a body may be null and the column is not. */
function bodyOf(stored: unknown): unknown {
  return typeof stored === "object" && stored !== null && "body" in stored ? stored.body : null;
}

function payloadOf(body: unknown): Record<string, string | number> {
  const payload = typeof body === "object" && body !== null && "payload" in body ? body.payload : {};
  if (typeof payload !== "object" || payload === null) return {};
  const plain = Object.entries(payload).filter(
    ([, value]) => typeof value === "string" || typeof value === "number",
  );
  return Object.fromEntries(plain);
}

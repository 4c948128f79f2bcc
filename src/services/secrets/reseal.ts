import { readStale, writeResealed } from "../../db/queries/secrets.ts";
import type { ResealedAnswer, ResealedWebhook, SealedRows } from "../../db/queries/secrets.ts";
import type { Ctx, Deps } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { seal, sealedPrefix, unseal } from "../../domain/sealed.ts";
import { auditLine } from "../audit/line.ts";
import { answerContext } from "../idempotency/replay.ts";
import { sealContext } from "../webhooks/signature.ts";

/** Of each kind, at a time. */
const VALUES = 100;
const SCOPE = "secrets:reseal";

interface Place {
  webhook: string;
  actor: string;
  key: string;
}

const START: Place = { webhook: "", actor: "", key: "" };

export interface Resealed {
  resealed: number;
  /** Values that none of the configured secrets opens: they stay as they are. */
  unreadable: number;
  /** Where to go on; `null` when all were looked at. */
  nextCursor: string | null;
}

/** Seals some of what another secret sealed with the present one. Repeated with each cursor, it comes to an end. */
export async function resealSome(
  ctx: Ctx<"db" | "clock" | "config">,
  cursor: string | null,
): Promise<Resealed> {
  requireOperator(ctx.actor);
  const place = cursor === null ? START : await decodeCursor(ctx.config, SCOPE, cursor, readPlace);
  const { webhook: afterWebhook, ...afterAnswer } = place;
  const prefix = sealedPrefix(ctx.config.secret);
  const found = await readStale(ctx.db, { prefix, afterWebhook, afterAnswer, limit: VALUES });
  const webhooks = present(await Promise.all(found.webhooks.map((row) => resealWebhook(ctx, row))));
  const answers = present(await Promise.all(found.answers.map((row) => resealAnswer(ctx, row))));
  const resealed = webhooks.length + answers.length;
  const audit = auditLine(ctx, "secrets.resealed", { facts: { values: resealed } });
  await writeResealed(ctx.db, { webhooks, answers }, audit);
  const seen = found.webhooks.length + found.answers.length;
  const nextCursor = isLast(found)
    ? null
    : await encodeCursor(ctx.config.secret, SCOPE, placeAfter(found, place));
  return { resealed, unreadable: seen - resealed, nextCursor };
}

function isLast({ webhooks, answers }: SealedRows): boolean {
  return webhooks.length < VALUES && answers.length < VALUES;
}

function placeAfter({ webhooks, answers }: SealedRows, { webhook, actor, key }: Place): Place {
  const last = answers.at(-1);
  return {
    webhook: webhooks.at(-1)?.id ?? webhook,
    actor: last?.actor ?? actor,
    key: last?.key ?? key,
  };
}

function readPlace(payload: unknown): Place {
  const { webhook, actor, key } = payload as Record<string, unknown>;
  if (typeof webhook === "string" && typeof actor === "string" && typeof key === "string")
    return { webhook, actor, key };
  throw new TypeError("not a place among sealed values");
}

type SealCtx = Pick<Deps, "config">;

/** `null` for what cannot be opened. */
async function resealText({ config }: SealCtx, context: string, sealed: string): Promise<string | null> {
  try {
    return await seal(config.secret, context, await unseal(config, context, sealed));
  } catch {
    return null;
  }
}

async function resealWebhook(
  ctx: SealCtx,
  { id, secret, oldSecret }: SealedRows["webhooks"][number],
): Promise<ResealedWebhook | null> {
  const context = sealContext(id);
  const present = await resealText(ctx, context, secret);
  const old = oldSecret === null ? null : await resealText(ctx, context, oldSecret);
  return present === null ? null : { id, secret: present, oldSecret: old, was: secret };
}

async function resealAnswer(
  ctx: SealCtx,
  { actor, key, answer }: SealedRows["answers"][number],
): Promise<ResealedAnswer | null> {
  const resealed = await resealText(ctx, answerContext(actor, key), answer);
  return resealed === null ? null : { actor, key, answer: resealed, was: answer };
}

function present<T>(values: readonly (T | null)[]): T[] {
  return values.filter((value) => value !== null);
}

import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import type { HidingKind } from "../../domain/post.ts";
import {
  hidePerson as hideRow,
  listHidden as listRows,
  unhidePerson as unhideRow,
} from "../../db/queries/hidings.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { deferWritten, queueing } from "../outbox.ts";
import type { QueueingPorts } from "../outbox.ts";
import { noteOwnWrite } from "../own-writes.ts";
import type { Friend } from "./friendships.ts";
import { MAX_HIDDEN } from "./limits.ts";
import { noAccount, noSuchPerson, pairOf } from "./pair.ts";
import { placeBehind, timePageOf } from "./time-pages.ts";

interface Hiding {
  kind: HidingKind;
  user: string;
}

/**
 * Blocks or mutes a person; again, it changes nothing. A block ends a friendship and any asking. Throws `invalid_input` for
 * oneself, `not_found` for nobody and for who blocks one, `conflict` for one too many.
 */
export async function hidePerson(
  ctx: Ctx<QueueingPorts | "config" | "receipt">,
  { kind, user }: Hiding,
): Promise<void> {
  const hiding = { ...pairOf(ctx, user), kind, max: MAX_HIDDEN, ...queueing(ctx) };
  const written = await hideRow(ctx.db, hiding);
  const { outcome } = noteOwnWrite(ctx, written);
  deferWritten(ctx, written.unsent);
  switch (outcome) {
    case "hidden":
      return;
    case "no_account":
      throw noAccount();
    case "nobody":
      throw noSuchPerson(user);
    case "too_many":
      throw new AppError("conflict", `You ${kind} ${MAX_HIDDEN} people, as many as may be`);
    default:
      return outcome satisfies never;
  }
}

/** Without a block or mute, it changes nothing. Throws as `hidePerson`. */
export async function unhidePerson(
  ctx: Ctx<"db" | "config" | "receipt">,
  { kind, user }: Hiding,
): Promise<void> {
  const written = await unhideRow(ctx.db, { ...pairOf(ctx, user), kind });
  if (!noteOwnWrite(ctx, written).isThere) throw noSuchPerson(user);
}

/** Whom the person blocks or mutes, the newest first; without who blocks them. */
export async function listHidden(
  ctx: Ctx<"db" | "config">,
  kind: HidingKind,
  { cursor, limit }: PageRequest,
): Promise<Page<Friend>> {
  const { userId } = requireUser(ctx.actor);
  const scope = `hidings:${kind}:${userId}`;
  const after = await placeBehind(ctx, scope, cursor);
  const rows = await listRows(ctx.db, { userId, kind, after, limit: limit + 1 });
  return timePageOf(ctx, scope, rows, limit);
}

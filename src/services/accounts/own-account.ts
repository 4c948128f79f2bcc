import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { deleteSession, listSessions as listRows } from "../../db/queries/sessions.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { sessionOf } from "./session.ts";
import type { IdentityDeps } from "./session.ts";
import { forgetSession } from "./session-cache.ts";
import type { Identity } from "./session-cache.ts";
import { sessionCookieOf } from "./session-token.ts";

export interface OwnSession {
  id: string;
  /** What the browser or program called itself when it signed in. */
  userAgent: string | null;
  createdAt: number;
  expiresAt: number;
  /** The session that asks. */
  current: boolean;
}

const SCOPE = "sessions";

/** One's own sessions that have not expired, the oldest first. */
export async function listOwnSessions(
  ctx: Ctx<"db" | "config" | "clock">,
  { cursor, limit }: PageRequest,
): Promise<Page<OwnSession>> {
  const { userId, sessionId } = requireUser(ctx.actor);
  const scope = `${SCOPE}:${userId}`;
  const after = await afterOf(ctx, scope, cursor);
  const rows = await listRows(ctx.db, { userId, after, limit: limit + 1, now: ctx.clock.now() });
  const page = await pageOf(ctx, scope, rows, limit);
  const items = page.items.map(({ id, userAgent, createdAt, expiresAt }) => ({
    id,
    userAgent,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
    current: id === sessionId,
  }));
  return { items, nextCursor: page.nextCursor };
}

/** Ends one of one's own sessions: here at once, everywhere within 50 s. */
export async function endOwnSession(
  ctx: Ctx<"db" | "clock" | "isolate" | "edgeCache" | "kv" | "lifetime" | "log" | "receipt">,
  id: string,
): Promise<void> {
  const { userId } = requireUser(ctx.actor);
  const token = await deleteSession(ctx.db, { id, userId });
  if (token === null) throw new AppError("not_found", `You have no session "${id}"`);
  await forgetSession(ctx, token);
}

/** The session of a request's bearer token or cookie, `null` without one. */
export async function currentSession(deps: IdentityDeps, headers: Headers): Promise<Identity | null> {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization")?.trim() ?? "")?.[1];
  const signed = bearer ?? sessionCookieOf(deps.config, headers.get("cookie"));
  return signed === null ? null : sessionOf(deps, signed);
}

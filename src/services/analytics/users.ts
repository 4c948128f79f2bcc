import type { SharedTier } from "../../cache/tiered.ts";
import type { Ctx } from "../../deps.ts";
import { readUsers } from "../../db/queries/org-users.ts";
import type { OrgUserRow, UserFilter, UserPosition, UserSort } from "../../db/queries/org-users.ts";
import { requirePermission } from "../../domain/access.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { sortNameOf } from "../../domain/sort-name.ts";
import { toRfc3339 } from "../../domain/time.ts";
import { noSuchOrg } from "../orgs/asker.ts";
import { answerFor } from "./answers.ts";
import type { Answer, AnswerCtx } from "./answers.ts";

export { USER_SORTS } from "../../db/queries/org-users.ts";
export type { UserSort } from "../../db/queries/org-users.ts";

export interface UserSelection {
  /** Id or slug. */
  org: string;
  sort: UserSort;
  /** Of the name, folded as names are. */
  q: string;
  /** Milliseconds since the epoch. */
  activeSince: number | null;
}

export interface UserListInput extends UserSelection {
  /** 1 to 100. */
  limit: number;
  cursor: string | null;
}

/** A user as the API shows them. */
export interface UserItem {
  id: string;
  name: string | null;
  logins: number;
  page_views: number;
  activities: number;
  last_activity: string | null;
}

export interface UserPage {
  items: UserItem[];
  next_cursor: string | null;
  as_of: string;
  rows_read: number;
}

/** A page as JSON, so that a cached one is not written anew. */
export interface UserList {
  json: string;
  nextCursor: string | null;
}

export type UsersCtx = AnswerCtx & Ctx<"db" | "config">;

/** The people of an organisation whom it knows by an id: visitors without one are not among them. Throws `bad_cursor`. */
export async function listUsers(ctx: UsersCtx, input: UserListInput): Promise<Answer<UserList>> {
  const org = requirePermission(ctx.actor, "stats:read", input.org);
  const { sort, limit, cursor } = input;
  const filter = filterOf(input);
  const scope = JSON.stringify(["users", org, sort, filter.prefix, filter.activeSince]);
  const after = cursor === null ? null : await decodeCursor(ctx.config, scope, cursor, readPosition);
  const query = JSON.stringify([sort, filter.prefix, filter.activeSince, limit, after?.key, after?.number]);
  return answerFor<UserList>(ctx, { org, name: "users.1", query, tiers: tiersOf(input) }, async (known) => {
    const { stand, page } = await readUsers(ctx.db, org, { ...filter, sort, after, limit }, known);
    if (stand === undefined) throw noSuchOrg(input.org);
    ctx.receipt.rowsRead += page.packed;
    if (stand.version === known) return { ...stand, value: null };
    const nextCursor =
      page.next && (await encodeCursor(ctx.config.secret, scope, { k: page.next.key, n: page.next.number }));
    const body: UserPage = {
      items: page.rows.map(toUserItem),
      next_cursor: nextCursor,
      as_of: toRfc3339(stand.asOf),
      rows_read: page.rowsRead + 1,
    };
    return { ...stand, value: { json: JSON.stringify(body), nextCursor } };
  });
}

/** First pages are what isolates have in common. KV is left out: each fold would pay for new writes. */
function tiersOf({ cursor, q }: UserListInput): readonly SharedTier[] {
  return cursor === null && q === "" ? ["edge"] : [];
}

/** Users who were never active stand at time 0, and are active since no time. */
export function filterOf({ q, activeSince }: Pick<UserSelection, "q" | "activeSince">): UserFilter {
  return {
    prefix: sortNameOf(q.trimStart()),
    activeSince: activeSince === null ? null : Math.max(1, activeSince),
  };
}

export function toUserItem(row: OrgUserRow): UserItem {
  return {
    id: row.id,
    name: row.name,
    logins: row.logins,
    page_views: row.pageViews,
    activities: row.activities,
    last_activity: row.lastActivity === 0 ? null : toRfc3339(row.lastActivity),
  };
}

function readPosition(payload: unknown): UserPosition {
  const { k, n } = payload as Record<string, unknown>;
  if ((typeof k !== "number" && typeof k !== "string") || typeof n !== "number")
    throw new TypeError("not a position");
  return { key: k, number: n };
}

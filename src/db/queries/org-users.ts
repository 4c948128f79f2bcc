import type { Database } from "../client.ts";
import { changedOrg, orgNumber, versionQuery } from "./analytics-version.ts";
import type { DataVersion, VersionAnd } from "./analytics-version.ts";
import {
  filteredWalkQuery,
  MAX_MATCHES,
  MAX_WALK,
  matchesQuery,
  otherFilterOf,
  pageStatement,
  sortByOf,
  sortedMatchesQuery,
  walkQuery,
} from "./org-users-page.ts";
import type { UserPageArgs, UserPosition, UserSort } from "./org-users-page.ts";
import { packedUsers, toUserRow, unpackUsers } from "./org-users-row.ts";
import type { OrgUserRow, RawUser } from "./org-users-row.ts";

export { USER_SORTS } from "./org-users-page.ts";
export type { UserFilter, UserPageArgs, UserPosition, UserSort } from "./org-users-page.ts";
export type { OrgUserRow } from "./org-users-row.ts";

export interface UserRows {
  rows: OrgUserRow[];
  /** Where the next page begins; `null` on the last. There may be one behind fewer rows than were asked for. */
  next: UserPosition | null;
  /** Rows of the table and its indexes that were looked at, as the plan has it. */
  rowsRead: number;
  /** Rows that came in one value. */
  packed: number;
}

interface WalkedUser extends RawUser {
  place: number;
  passes: number;
}

/**
 * The organisation's version, and a page of its users where that is not `known`. One round trip, which reads the rows of
 * the page, or where a filter meets another order at most about `MAX_WALK` and four times `MAX_MATCHES`.
 */
export async function readUsers(
  db: Database,
  orgId: string,
  args: UserPageArgs,
  known: number | null,
): Promise<{ stand: DataVersion | undefined; page: UserRows }> {
  const other = otherFilterOf(args);
  if (other === null) {
    const [read] = await db.all<VersionAnd>(pageStatement(orgId, args, known));
    const stand = read && { version: read.version, asOf: read.as_of };
    return { stand, page: unpackedPage(args, read?.value ?? "[]") };
  }
  const org = changedOrg(orgId, known);
  const [[stand], [{ matches }], sorted, walked] = await db.orm.batch([
    versionQuery(db, orgId),
    db.orm.all<{ matches: number }>(matchesQuery(org, other, args)),
    db.orm.all<RawUser>(sortedMatchesQuery(org, other, args)),
    db.orm.all<WalkedUser>(filteredWalkQuery(org, other, args)),
  ]);
  // Each range that depends on their number counts them again: one of those sorted, one or two of the walk.
  const counted = matches * (args.after === null ? 3 : 4);
  const isSorted = matches <= MAX_MATCHES;
  const page = isSorted
    ? pageOf(args, sorted.map(toUserRow), counted + matches)
    : walkedPage(args, walked, counted);
  return { stand, page };
}

/** The next `limit` users in the order of a sort, for who reads them all. One round trip. */
export async function readUsersOf(db: Database, orgId: string, args: UserPageArgs): Promise<UserRows> {
  if (otherFilterOf(args) !== null) return (await readUsers(db, orgId, args, null)).page;
  const walked = packedUsers(walkQuery(orgNumber(orgId), args, args.limit + 1));
  const [{ value }] = await db.orm.all<{ value: string }>(walked);
  return unpackedPage(args, value);
}

function unpackedPage(args: UserPageArgs, text: string): UserRows {
  const found = unpackUsers(text);
  return { ...pageOf(args, found, walkedRows(args, found.length)), packed: found.length };
}

/** Behind a position the rows beyond its equals are entered before it is known whether they are needed. */
function walkedRows({ after }: UserPageArgs, found: number): number {
  return after === null ? found : found + 1;
}

/** One row more than `limit` tells whether another page follows. */
function pageOf({ sort, limit }: UserPageArgs, found: readonly OrgUserRow[], rowsRead: number): UserRows {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const next = found.length > limit && last !== undefined ? positionOf(sort, last) : null;
  return { rows, next, rowsRead, packed: 0 };
}

/** As `pageOf`, where the walk may end before the page is full: the next page begins where it ended. */
function walkedPage(args: UserPageArgs, walked: readonly WalkedUser[], countedRows: number): UserRows {
  const end = walked.at(-1);
  const passed = walked.filter(({ passes }) => passes === 1).map(toUserRow);
  const page = pageOf(args, passed, countedRows + (end?.place ?? MAX_WALK));
  if (page.next !== null || end === undefined || end.place < MAX_WALK) return page;
  return { ...page, next: positionOf(args.sort, toUserRow(end)) };
}

export function positionOf(sort: UserSort, row: OrgUserRow): UserPosition {
  const keys = {
    name: row.sortName,
    logins: row.logins,
    page_views: row.pageViews,
    last_activity: row.lastActivity,
  };
  return { key: keys[sortByOf(sort)], number: row.number };
}

import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { endOfPrefix } from "../../domain/sort-name.ts";
import { StatementTexts } from "../statement-texts.ts";
import type { Statement, Value } from "../statement-texts.ts";
import { changedOrg, withVersion } from "./analytics-version.ts";
import { packedUsers, USER_COLUMNS } from "./org-users-row.ts";

export const USER_SORTS = [
  "name",
  "-name",
  "logins",
  "-logins",
  "page_views",
  "-page_views",
  "last_activity",
  "-last_activity",
] as const;
export type UserSort = (typeof USER_SORTS)[number];

/** Where a page begins: behind the user of this key and number. */
export interface UserPosition {
  key: string | number;
  number: number;
}

export interface UserFilter {
  /** As `sortNameOf` gives it; empty for all. */
  prefix: string;
  /** Milliseconds since the epoch; `null` for all, those never active too. */
  activeSince: number | null;
}

export interface UserPageArgs extends UserFilter {
  sort: UserSort;
  after: UserPosition | null;
  limit: number;
}

/** Rows of the sort's index that one page looks through for those of another filter. */
export const MAX_WALK = 5_000;
/** Matches of a filter that one page sorts; where there are more, it walks. */
export const MAX_MATCHES = 2_000;

/** Each index ends in its column and, as all do, in the row's number, which decides between equals. */
const BY = {
  name: { column: sql.raw("sort_name"), index: sql.raw("org_users_by_name") },
  logins: { column: sql.raw("logins"), index: sql.raw("org_users_by_logins") },
  page_views: { column: sql.raw("page_views"), index: sql.raw("org_users_by_page_views") },
  last_activity: { column: sql.raw("last_activity"), index: sql.raw("org_users_by_last_activity") },
} as const;
type SortBy = keyof typeof BY;

function isDescending(sort: UserSort): boolean {
  return sort.startsWith("-");
}

export function sortByOf(sort: UserSort): SortBy {
  return (isDescending(sort) ? sort.slice(1) : sort) as SortBy;
}

/** The filter that the sort's own index does not serve: the name's where both are others. `null` where there is none. */
export function otherFilterOf({ sort, prefix, activeSince }: UserPageArgs): "name" | "last_activity" | null {
  const by = sortByOf(sort);
  if (prefix !== "" && by !== "name") return "name";
  return activeSince !== null && by !== "last_activity" ? "last_activity" : null;
}

function orderOf(sort: UserSort): SQL {
  const direction = sql.raw(isDescending(sort) ? "DESC" : "ASC");
  return sql`${BY[sortByOf(sort)].column} ${direction}, number ${direction}`;
}

function behind(sort: UserSort, after: UserPosition | null): SQL | undefined {
  if (after === null) return undefined;
  const than = sql.raw(isDescending(sort) ? "<" : ">");
  return sql`(${BY[sortByOf(sort)].column}, number) ${than} (${after.key}, ${after.number})`;
}

/** What a page is asked by, as values or as names of them; `null` where nothing is asked. */
interface Bounds<V extends Value = Value> {
  from: V | null;
  /** Behind all that begins with the prefix. */
  to: V | null;
  since: V | null;
}

function boundsOf({ prefix, activeSince }: UserFilter): Bounds<string | number> {
  if (prefix === "") return { from: null, to: null, since: activeSince };
  return { from: prefix, to: endOfPrefix(prefix), since: activeSince };
}

interface Range {
  from?: SQL | undefined;
  to?: SQL | undefined;
}

/** What a filter asks of a column, as bounds: from a prefix on and before its end, or from a time on. */
function rangeOf(by: SortBy, { from: least, to, since }: Bounds): Range {
  if (by === "last_activity" && since !== null) return { from: sql`last_activity >= ${since}` };
  if (by !== "name" || least === null) return {};
  return { from: sql`sort_name >= ${least}`, to: to === null ? undefined : sql`sort_name < ${to}` };
}

function allOf(conditions: readonly (SQL | undefined)[]): SQL {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? sql`true` : sql.join(given, sql` AND `);
}

/** Rows of an index that may be listed; `org` is a subquery, of NULL where nothing is to be read. */
function from(by: SortBy, org: SQL, ...conditions: (SQL | undefined)[]): SQL {
  return sql`FROM org_users INDEXED BY ${BY[by].index} WHERE ${allOf([sql`org = ${org} AND is_anonymous = 0`, ...conditions])}`;
}

/**
 * Rows in the sort's order behind the position, as far as the filter on the sort's own column goes: as many are read as
 * are asked for, and one more.
 */
export function walkQuery(org: SQL, args: UserPageArgs, limit: number): SQL {
  return walkOf(org, args.sort, { bounds: boundsOf(args), after: args.after, limit });
}

interface Walk {
  bounds: Bounds;
  after: { key: Value; number: Value } | null;
  limit: Value;
}

function walkOf(org: SQL, sort: UserSort, { bounds, after, limit }: Walk): SQL {
  const by = sortByOf(sort);
  const [start, end] = startAndEnd(sort, rangeOf(by, bounds));
  const ordered = sql`ORDER BY ${orderOf(sort)} LIMIT ${limit}`;
  if (after === null) return sql`SELECT ${USER_COLUMNS} ${from(by, org, start, end)} ${ordered}`;
  // Not `(column, number) < (?, ?)`: SQLite enters an index by the column alone where the other is the rowid, and would
  // read through all equals from the first. The position lies in the range, so the range's start is not asked for.
  const { column } = BY[by];
  const than = sql.raw(isDescending(sort) ? "<" : ">");
  const equals = from(by, org, sql`${column} = ${after.key}`, sql`number ${than} ${after.number}`);
  const others = from(by, org, sql`${column} ${than} ${after.key}`, end);
  return sql`SELECT ${USER_COLUMNS} ${equals} UNION ALL SELECT ${USER_COLUMNS} ${others} ${ordered}`;
}

const pages = new StatementTexts();

/**
 * What `withVersion` reads beside `packedUsers` of `walkQuery`, a row more than `limit`: the statement of nearly all
 * pages, whose text is kept.
 */
export function pageStatement(orgId: string, args: UserPageArgs, known: number | null): Statement {
  const bounds = boundsOf(args);
  const { key, number } = args.after ?? {};
  const values = { orgId, known, ...bounds, key, number, limit: args.limit + 1 };
  const isGiven = [known, bounds.from, bounds.to, bounds.since, args.after].map((value) => value !== null);
  return pages.of(`${args.sort} ${isGiven.join()}`, () => textOf(args, bounds, known), values);
}

function textOf({ sort, after }: UserPageArgs, bounds: Bounds, known: number | null): SQL {
  const named = (name: string, value: Value | null) => (value === null ? null : sql.placeholder(name));
  const orgId = sql.placeholder("orgId");
  const walk = walkOf(changedOrg(orgId, named("known", known)), sort, {
    bounds: {
      from: named("from", bounds.from),
      to: named("to", bounds.to),
      since: named("since", bounds.since),
    },
    after: after && { key: sql.placeholder("key"), number: sql.placeholder("number") },
    limit: sql.placeholder("limit"),
  });
  return withVersion(orgId, packedUsers(walk));
}

function startAndEnd(sort: UserSort, range: Range): [SQL | undefined, SQL | undefined] {
  return isDescending(sort) ? [range.to, range.from] : [range.from, range.to];
}

/** How many rows match the other filter by itself, at most one more than `MAX_MATCHES`. */
export function matchesQuery(org: SQL, other: SortBy, args: UserPageArgs): SQL {
  const { from: least, to } = rangeOf(other, boundsOf(args));
  return sql`SELECT count(*) AS matches FROM (SELECT 1 ${from(other, org, least, to)} LIMIT ${MAX_MATCHES + 1})`;
}

/** The page out of all rows that match the other filter, sorted; none where they are more than `MAX_MATCHES`. */
export function sortedMatchesQuery(org: SQL, other: SortBy, args: UserPageArgs): SQL {
  const few = sql`(CASE WHEN (${matchesQuery(org, other, args)}) <= ${MAX_MATCHES} THEN ${org} END)`;
  const range = rangeOf(other, boundsOf(args));
  const rest = [restOf(args), behind(args.sort, args.after)];
  return sql`SELECT * FROM (SELECT ${USER_COLUMNS} ${from(other, few, range.from, range.to)} LIMIT ${MAX_MATCHES})
    WHERE ${allOf(rest)} ORDER BY ${orderOf(args.sort)} LIMIT ${args.limit + 1}`;
}

/**
 * What passes the filters among the next `MAX_WALK` rows in the sort's order, and the last of those rows in any case;
 * `place` counts them. None where the other filter's matches are few enough to be sorted.
 */
export function filteredWalkQuery(org: SQL, other: SortBy, args: UserPageArgs): SQL {
  const many = sql`(CASE WHEN (${matchesQuery(org, other, args)}) > ${MAX_MATCHES} THEN ${org} END)`;
  return sql`SELECT *, ${restOf(args)} AS passes FROM (
    SELECT *, row_number() OVER () AS place FROM (${walkQuery(many, args, MAX_WALK)})
  ) WHERE (${restOf(args)}) OR place = ${MAX_WALK} LIMIT ${args.limit + 1}`;
}

/** The filters as a plain condition. */
function restOf(args: UserPageArgs): SQL {
  const bounds = boundsOf(args);
  const name = rangeOf("name", bounds);
  return allOf([name.from, name.to, rangeOf("last_activity", bounds).from]);
}

import { and, desc, eq, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { FriendshipState } from "../../domain/post.ts";
import type { Database } from "../client.ts";
import { users } from "../schema/accounts.ts";
import { friendships } from "../schema/feed.ts";
import { countOwnWrite, seqOf } from "./own-writes.ts";
import type { Counted, SeqRow } from "./own-writes.ts";
import { jobOf } from "./outbox.ts";
import type { JobRow, Queueing, Unsent } from "./outbox.ts";
import { friendshipOf, hasAccount, isThere, PERSON_COLUMNS } from "./people.ts";
import type { Pair, PersonRow } from "./people.ts";
import { pullNewFriends, queueBackfill, queueCleaning } from "./timeline-friends.ts";
import { notBlockedBy } from "./visible.ts";

export interface Asking extends Pair {
  now: number;
  maxFriends: number;
  /** Askings of one person that nobody has answered yet. */
  maxAsked: number;
}

/** What the two are after an asking, or why it did nothing. */
export type AskOutcome =
  | "asked"
  | "friends"
  | "no_account"
  | "nobody"
  | "blocking"
  | "too_many_asked"
  | "too_many_friends"
  | "other_has_too_many";

/** Asks the other, or accepts their asking; between friends, and asked again, it changes nothing. One round trip. */
export async function askFriend(
  db: Database,
  asking: Asking & Queueing,
): Promise<Counted & Unsent & { outcome: AskOutcome }> {
  const two = { one: asking.viewer, other: asking.other };
  const [, , unsent, [after], counted] = await db.orm.batch([
    askStatement(db, asking),
    db.orm.run(pullNewFriends(two, asking)),
    db.orm.all<JobRow>(queueBackfill(two, asking)),
    askedQuery(db, asking),
    db.orm.all<SeqRow>(countOwnWrite(asking.viewer)),
  ]);
  return { outcome: outcomeOf(after, asking), unsent: unsent.map(jobOf), ...seqOf(counted) };
}

function countOf(userId: string, state: FriendshipState): SQL<number> {
  return sql`(SELECT count(*) FROM friendships WHERE user_id = ${userId} AND state = ${state})`;
}

/** Both rows, or none: SQLite reads what a SELECT takes from the table that it inserts into before it writes. */
export function askStatement(db: Database, asking: Asking) {
  const { viewer, other, now, maxFriends, maxAsked } = asking;
  const hasRoom = sql`${countOf(viewer, "friends")} < ${maxFriends}`;
  const mayAsk = sql`${hasAccount(viewer)} AND ${isThere(asking)} AND ${notBlockedBy(other, viewer)}
    AND ${hasRoom} AND ${countOf(viewer, "asked")} < ${maxAsked}`;
  const mayAccept = sql`${hasRoom} AND ${countOf(other, "friends")} < ${maxFriends}`;
  return db.orm
    .insert(friendships)
    .select(
      sql`SELECT pair.user_id, pair.other_id, iif(before.state IS NULL, pair.state, 'friends'), ${now}
        FROM (SELECT ${friendshipOf(viewer, sql`${other}`)} AS state) AS before,
          (SELECT ${viewer} AS user_id, ${other} AS other_id, 'asked' AS state
            UNION ALL SELECT ${other}, ${viewer}, 'asking') AS pair
        WHERE CASE WHEN before.state IS NULL THEN ${mayAsk} WHEN before.state = 'asking' THEN ${mayAccept} END`,
    )
    .onConflictDoUpdate({
      target: [friendships.userId, friendships.otherId],
      set: { state: sql`excluded.state`, since: sql`excluded.since` },
    });
}

/** Counts only where the asking was refused. */
export function askedQuery(db: Database, asking: Asking) {
  const { viewer, other } = asking;
  const ifRefused = (count: SQL) => sql<number | null>`CASE WHEN after.state IN ('asked', 'friends') THEN NULL
    ELSE ${count} END`;
  return db.orm
    .select({
      state: sql<FriendshipState | null>`after.state`,
      hasAccount: sql<number>`${hasAccount(viewer)}`,
      isThere: sql<number>`${isThere(asking)}`,
      isBlocking: sql<number>`NOT ${notBlockedBy(other, viewer)}`,
      friends: ifRefused(countOf(viewer, "friends")),
      asked: ifRefused(countOf(viewer, "asked")),
    })
    .from(sql`(SELECT ${friendshipOf(viewer, sql`${other}`)} AS state) AS after`);
}

type Asked = Awaited<ReturnType<typeof askedQuery>>[number];

function outcomeOf(after: Asked | undefined, { maxFriends }: Asking): AskOutcome {
  if (!after?.hasAccount) return "no_account";
  if (!after.isThere) return "nobody";
  if (after.state === "asked" || after.state === "friends") return after.state;
  if (after.isBlocking) return "blocking";
  if ((after.friends ?? 0) >= maxFriends) return "too_many_friends";
  return after.state === null ? "too_many_asked" : "other_has_too_many";
}

/** Whether there is such a person, to an act that is nothing for nobody. */
export interface Done extends Counted {
  isThere: boolean;
}

export interface Ending extends Pair {
  /** What the other is to the viewer, for it to be ended; `null` for whatever they are. */
  only: FriendshipState | null;
}

export interface Ended extends Done {
  /** What the other still is, where that is not what was to be ended. */
  left: FriendshipState | null;
}

/** Ends a friendship or an asking, whoever asked. One round trip. */
export async function endFriendship(db: Database, ending: Ending & Queueing): Promise<Ended & Unsent> {
  const { viewer, other, only } = ending;
  const mayClean = only === null || only === "friends" ? sql`true` : sql`false`;
  const [unsent, , [after], counted] = await db.orm.batch([
    db.orm.all<JobRow>(queueCleaning({ one: viewer, other }, ending, mayClean)),
    endFriendshipStatement(db, ending),
    leftQuery(db, ending),
    db.orm.all<SeqRow>(countOwnWrite(viewer)),
  ]);
  const left = after?.left ?? null;
  return { isThere: Boolean(after?.isThere), left, unsent: unsent.map(jobOf), ...seqOf(counted) };
}

/** What one's state is to the other. */
const TO_THE_OTHER = { asked: "asking", asking: "asked", friends: "friends" } as const;

export function endFriendshipStatement(db: Database, { viewer, other, only }: Ending, where?: SQL) {
  const { userId, otherId, state } = friendships;
  const own = and(eq(userId, viewer), eq(otherId, other), only === null ? undefined : eq(state, only));
  const toOther = only === null ? undefined : eq(state, TO_THE_OTHER[only]);
  const others = and(eq(userId, other), eq(otherId, viewer), toOther);
  return db.orm.delete(friendships).where(and(or(own, others), where));
}

export function isThereQuery(db: Database, pair: Pair) {
  return db.orm.select({ isThere: sql<number>`${isThere(pair)}` }).from(sql`(SELECT 1)`);
}

export function leftQuery(db: Database, pair: Pair) {
  const left = sql<FriendshipState | null>`${friendshipOf(pair.viewer, sql`${pair.other}`)}`;
  return db.orm.select({ isThere: sql<number>`${isThere(pair)}`, left }).from(sql`(SELECT 1)`);
}

export interface FriendRow extends PersonRow {
  /** When they became what they are. */
  since: number;
}

export interface FriendPage {
  userId: string;
  state: FriendshipState;
  /** The last of the page before. */
  after: { since: number; id: string } | null;
  limit: number;
}

/** Those who are `state` to a person, the newest first. */
export function listFriends(db: Database, page: FriendPage): Promise<FriendRow[]> {
  return listFriendsQuery(db, page);
}

export function listFriendsQuery(db: Database, { userId, state, after, limit }: FriendPage) {
  const { since, otherId } = friendships;
  const behind = after === null ? undefined : sql`(${since}, ${otherId}) < (${after.since}, ${after.id})`;
  return db.orm
    .select({ ...PERSON_COLUMNS, since })
    .from(friendships)
    .innerJoin(users, eq(users.id, otherId))
    .where(and(eq(friendships.userId, userId), eq(friendships.state, state), behind))
    .orderBy(desc(since), desc(otherId))
    .limit(limit);
}

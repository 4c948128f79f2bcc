import { and, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { endOfPrefix } from "../../domain/sort-name.ts";
import type { FriendshipState, HidingKind } from "../../domain/post.ts";
import type { Database } from "../client.ts";
import { users } from "../schema/accounts.ts";
import { areFriends, notBlockedBy, notHidden } from "./visible.ts";

export interface PersonRow {
  id: string;
  name: string;
  image: string | null;
}

export interface Viewer {
  viewer: string;
  /** Where addresses are confirmed, an account without that is nobody yet: else its id would tell whose address is new. */
  confirmedOnly: boolean;
}

/** Who asks, and whom they name. */
export interface Pair extends Viewer {
  other: string;
}

const isConfirmed = sql`(person.email_verified OR EXISTS (SELECT 1 FROM accounts AS account
  WHERE account.user_id = person.id AND account.provider_id <> 'credential'))`;

/** Of the row of `users AS person`: not one that waits for its address, nor one who blocks the viewer. */
function mayBeSeen({ viewer, confirmedOnly }: Viewer): SQL {
  const confirmed = confirmedOnly ? isConfirmed : sql`true`;
  return sql`(${confirmed} AND ${notBlockedBy(viewer, sql`person.id`)})`;
}

/** Whether the other exists as far as the viewer is to know. */
export function isThere(pair: Pair): SQL {
  return sql`EXISTS (SELECT 1 FROM users AS person WHERE person.id = ${pair.other} AND ${mayBeSeen(pair)})`;
}

/** The session of a deleted account is known for up to a minute. */
export function hasAccount(userId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM users AS person WHERE person.id = ${userId})`;
}

/** What the viewer is to the other: the state of the viewer's own row. */
export function friendshipOf(viewer: string, other: SQL): SQL<FriendshipState | null> {
  return sql`(SELECT friendship.state FROM friendships AS friendship
    WHERE friendship.user_id = ${viewer} AND friendship.other_id = ${other})`;
}

/** Whether the viewer hides the other; of their own doing alone. */
export function hides(viewer: string, other: SQL, kind: HidingKind): SQL<number> {
  return sql`EXISTS (SELECT 1 FROM hidings AS hiding
    WHERE hiding.user_id = ${viewer} AND hiding.other_id = ${other} AND hiding.kind = ${kind})`;
}

export interface ProfileRow extends PersonRow {
  friendship: FriendshipState | null;
  isBlocked: number;
  isMuted: number;
  /** `null` for who is neither the person nor a friend. */
  friendCount: number | null;
  /** Posts that the viewer may see, as far as `maxPosts`. */
  postCount: number;
}

/** A person as the viewer may see them; `undefined` for nobody. Counts read a row of an index each. One round trip. */
export function findProfile(
  db: Database,
  args: Pair & { maxPosts: number },
): Promise<ProfileRow | undefined> {
  return findProfileQuery(db, args).get();
}

export function findProfileQuery(db: Database, args: Pair & { maxPosts: number }) {
  const { viewer, other, maxPosts } = args;
  const person = sql`person.id`;
  const isSelf = viewer === other;
  const isClose = isSelf ? sql`true` : areFriends(viewer, person);
  const friends = sql`(SELECT count(*) FROM friendships WHERE user_id = ${other} AND state = 'friends')`;
  const posts = sql`(SELECT count(*) FROM (SELECT 1 FROM posts
    WHERE author_id = ${other} AND deleted_at IS NULL LIMIT ${maxPosts}))`;
  return db.orm
    .select({
      id: sql<string>`person.id`,
      name: sql<string>`person.name`,
      image: sql<string | null>`person.image`,
      friendship: friendshipOf(viewer, person),
      isBlocked: hides(viewer, person, "block"),
      isMuted: hides(viewer, person, "mute"),
      friendCount: sql<number | null>`CASE WHEN ${isClose} THEN ${friends} END`,
      postCount: sql<number>`CASE WHEN ${isClose} AND ${notHidden(viewer, person)} THEN ${posts} ELSE 0 END`,
    })
    .from(sql`users AS person`)
    .where(and(sql`person.id = ${other}`, isSelf ? undefined : mayBeSeen(args)));
}

export interface FoundRow extends PersonRow {
  friendship: FriendshipState | null;
}

export interface PeopleSearch extends Viewer {
  /** As `sortNameOf` gives it; not empty. */
  prefix: string;
  limit: number;
}

/** Names that one search looks at, whoever of them may be found. */
export const MAX_NAMES = 1_000;

/** People whose name begins with the prefix, in the order of their names, without the viewer and who is blocked either way. */
export function searchPeople(db: Database, search: PeopleSearch): Promise<FoundRow[]> {
  return searchPeopleQuery(db, search);
}

export function searchPeopleQuery(db: Database, search: PeopleSearch) {
  const { viewer, prefix, limit } = search;
  const person = sql`person.id`;
  const end = endOfPrefix(prefix);
  const named = sql`(SELECT * FROM users INDEXED BY users_by_sort_name
    WHERE sort_name >= ${prefix}${end === null ? sql`` : sql` AND sort_name < ${end}`}
    ORDER BY sort_name, id LIMIT ${MAX_NAMES}) AS person`;
  return db.orm
    .select({
      id: sql<string>`person.id`,
      name: sql<string>`person.name`,
      image: sql<string | null>`person.image`,
      friendship: friendshipOf(viewer, person),
    })
    .from(named)
    .where(and(sql`person.id <> ${viewer}`, mayBeSeen(search), sql`NOT ${hides(viewer, person, "block")}`))
    .limit(limit);
}

/** Columns of a person in a list that joins `users`. */
export const PERSON_COLUMNS = { id: users.id, name: users.name, image: users.image };

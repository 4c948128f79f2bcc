import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import {
  endBlockedFriendships,
  insertFriendships,
  insertHidings,
  insertPeople,
  refusedFriendships,
  refusedHidings,
  refusedPeople,
} from "./community-people.ts";
import {
  insertComments,
  insertLikes,
  insertPosts,
  refusedComments,
  refusedLikes,
  refusedPosts,
} from "./community-posts.ts";
import type {
  CommunityLimits,
  CommunityOutcome,
  CommunityRefusal,
  CommunityWrite,
  FriendshipWrite,
  PostWrite,
} from "./community-writes.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { recountPostsStatement } from "./posts-recount.ts";

/** A row of any statement of the batch: the `key` of what is new, or the place of a line and why it is not taken. */
interface Told {
  key?: string;
  at?: number;
  code?: CommunityRefusal;
  detail?: string;
}

/** What stands for a write in what its statement gives back. */
export function keyOf(write: CommunityWrite): string {
  switch (write.kind) {
    case "person":
    case "post":
    case "comment":
      return write.id;
    case "friendship":
      return `${write.from} ${write.to}`;
    case "hiding":
      return `${write.from} ${write.to} ${write.hiding}`;
    case "like":
      return `${write.postId} ${write.personId}`;
    default:
      return write satisfies never;
  }
}

type Kind = CommunityWrite["kind"];
type Of<K extends Kind> = Extract<CommunityWrite, { kind: K }>;

function ofKind<K extends Kind>(writes: readonly CommunityWrite[], kind: K): Of<K>[] {
  // Sound: `Of` is by the same property.
  return writes.filter((write) => write.kind === kind) as Of<K>[];
}

interface Step {
  statement: SQL;
  /** What lines its rows speak of. */
  of: readonly CommunityWrite[];
}

interface CommunityBatch {
  limits: CommunityLimits;
  now: number;
  audit: AuditLine;
}

/** People before what names them; hidings last, so that what came before them stands. */
function stepsOf(writes: readonly CommunityWrite[], { limits, now }: CommunityBatch): Step[] {
  const people = ofKind(writes, "person");
  const friendships = ofKind(writes, "friendship");
  const posts = ofKind(writes, "post");
  const likes = ofKind(writes, "like");
  const comments = ofKind(writes, "comment");
  const hidings = ofKind(writes, "hiding");
  const reacted = [...new Set([...likes, ...comments].map(({ postId }) => postId))];
  const steps = (of: readonly CommunityWrite[], build: () => SQL[]): Step[] =>
    of.length === 0 ? [] : build().map((statement) => ({ statement, of }));
  return [
    ...steps(people, () => [insertPeople(people, now), refusedPeople(people)]),
    ...steps(friendships, () => [
      dropTimelinesOfFriends(friendships),
      insertFriendships(friendships, limits),
      refusedFriendships(friendships),
    ]),
    ...steps(posts, () => [dropTimelinesOfPosts(posts), insertPosts(posts), refusedPosts(posts)]),
    ...steps(likes, () => [insertLikes(likes), refusedLikes(likes)]),
    ...steps(comments, () => [insertComments(comments), refusedComments(comments)]),
    ...steps([...likes, ...comments], () => [recountPostsStatement(reacted)]),
    ...steps(hidings, () => [
      insertHidings(hidings, limits),
      endBlockedFriendships(hidings),
      refusedHidings(hidings),
    ]),
  ];
}

/**
 * A timeline lacks posts that nobody fans out: readers of those are read by index until theirs is built again. Without any
 * timeline nothing is looked at.
 */
function dropTimelines(readers: SQL): SQL {
  return sql`DELETE FROM timelines WHERE reader_id IN (SELECT reader FROM (${readers})
    WHERE EXISTS (SELECT 1 FROM timelines))`;
}

function dropTimelinesOfFriends(friendships: readonly FriendshipWrite[]): SQL {
  const pairs = JSON.stringify(
    friendships.flatMap(({ from, to }) => [
      [from, to],
      [to, from],
    ]),
  );
  return dropTimelines(sql`SELECT row.value ->> 0 AS reader FROM json_each(${pairs}) AS row WHERE NOT EXISTS (
    SELECT 1 FROM friendships AS known WHERE known.user_id = row.value ->> 0 AND known.other_id = row.value ->> 1
      AND known.state = 'friends')`);
}

/** Of the authors' friends, but for authors whose posts no timeline gathers. */
function dropTimelinesOfPosts(posts: readonly PostWrite[]): SQL {
  const rows = JSON.stringify(posts.map(({ id, authorId }) => [id, authorId]));
  const authors = sql`SELECT DISTINCT row.value ->> 1 AS id FROM json_each(${rows}) AS row
    WHERE NOT EXISTS (SELECT 1 FROM posts WHERE posts.id = row.value ->> 0) AND NOT EXISTS (
      SELECT 1 FROM wide_authors AS wide WHERE wide.author_id = row.value ->> 1 AND wide.completed_at IS NOT NULL)`;
  return dropTimelines(sql`WITH authors AS MATERIALIZED (${authors}) SELECT friendships.other_id AS reader
    FROM authors CROSS JOIN friendships ON friendships.user_id = authors.id AND friendships.state = 'friends'`);
}

/**
 * Writes a few hundred lines, all or none of those that may be written, and says of each what became of it. Of one pair
 * there is at most one friendship. Counts of posts are right after it. One round trip.
 */
export async function writeCommunity(
  db: Database,
  writes: readonly CommunityWrite[],
  batch: CommunityBatch,
): Promise<CommunityOutcome[]> {
  const steps = stepsOf(writes, batch);
  const [first, ...rest] = steps.map(({ statement }) => db.orm.all<Told>(statement));
  if (first === undefined) return [];
  // Unconditionally: each line says by itself what became of it.
  const results = await db.orm.batch([first, ...rest, auditStatement(db, null, batch.audit, sql`true`)]);
  const outcomes = new Map<CommunityWrite, CommunityOutcome>();
  for (const [i, { of }] of steps.entries()) takeRows(outcomes, of, results[i] as Told[]);
  return writes.map((write) => outcomes.get(write) ?? null);
}

function takeRows(
  outcomes: Map<CommunityWrite, CommunityOutcome>,
  of: readonly CommunityWrite[],
  rows: readonly Told[],
): void {
  const isNew = new Set(rows.flatMap(({ key }) => key ?? []));
  // Of lines that say the same, the first has written it.
  if (isNew.size > 0) for (const write of of) if (isNew.delete(keyOf(write))) outcomes.set(write, "written");
  for (const { at, code, detail = "" } of rows) {
    if (at !== undefined && code !== undefined) outcomes.set(of[at], { code, detail });
  }
}

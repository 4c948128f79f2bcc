import { sql } from "drizzle-orm";
import type { HidingKind } from "../../domain/post.ts";
import type { Database } from "../client.ts";
import { commentsPage } from "./comments.ts";
import type { CommentPage } from "./comments.ts";
import { postsOfQuery } from "./feed.ts";
import type { FeedPosition } from "./feed.ts";
import { listFriendsQuery } from "./friendships.ts";
import type { FriendPage, FriendRow } from "./friendships.ts";
import { listHiddenQuery } from "./hidings.ts";
import { likesPage } from "./likes.ts";
import type { LikePage, LikeRow } from "./likes.ts";
import { findProfileQuery, searchPeopleQuery } from "./people.ts";
import type { FoundRow, Pair, PeopleSearch, ProfileRow } from "./people.ts";
import { hydratedOf, hydratedPosts } from "./post-hydration.ts";
import type { CommentRow, HydratedPost, HydratedRow } from "./post-hydration.ts";
import { seenPost } from "./posts.ts";

/** A person with their posts, as the viewer may see both. */
export interface PersonPageRows {
  profile: ProfileRow;
  /** Since when the two are what they are; `null` where they are nothing. */
  since: number | null;
  posts: HydratedPost[];
}

/** `undefined` for nobody and for who blocks the viewer. One round trip. */
export async function readPersonPage(
  db: Database,
  pair: Pair & { maxPosts: number },
  position: FeedPosition,
): Promise<PersonPageRows | undefined> {
  const { viewer, other } = pair;
  const [[profile], [friendship], rows] = await db.orm.batch([
    findProfileQuery(db, pair),
    db.orm.all<{ since: number } | undefined>(
      sql`SELECT since FROM friendships WHERE user_id = ${viewer} AND other_id = ${other}`,
    ),
    db.orm.all<HydratedRow>(postsOfQuery(pair, position)),
  ]);
  if (profile === undefined) return undefined;
  return { profile, since: friendship?.since ?? null, posts: rows.map(hydratedOf) };
}

export type Place = FriendPage["after"];

export interface FriendsPageArgs {
  userId: string;
  incoming: Place;
  outgoing: Place;
  friends: Place;
  block: Place;
  mute: Place;
  /** Of each list. */
  limit: number;
  search: PeopleSearch | null;
}

export interface FriendsPageRows {
  incoming: FriendRow[];
  outgoing: FriendRow[];
  friends: FriendRow[];
  block: FriendRow[];
  mute: FriendRow[];
  /** `null` where nobody is looked for. */
  found: FoundRow[] | null;
}

/** Everybody a person has to do with, and whom they look for. One round trip. */
export async function readFriendsPage(db: Database, args: FriendsPageArgs): Promise<FriendsPageRows> {
  const { userId, limit, search } = args;
  const inState = (state: FriendPage["state"], after: Place) =>
    listFriendsQuery(db, { userId, state, after, limit });
  const hidden = (kind: HidingKind) => listHiddenQuery(db, { userId, kind, after: args[kind], limit });
  const lists = [
    inState("asking", args.incoming),
    inState("asked", args.outgoing),
    inState("friends", args.friends),
    hidden("block"),
    hidden("mute"),
  ] as const;
  if (search === null) {
    const [incoming, outgoing, friends, block, mute] = await db.orm.batch(lists);
    return { incoming, outgoing, friends, block, mute, found: null };
  }
  const rows = await db.orm.batch([...lists, searchPeopleQuery(db, search)]);
  const [incoming, outgoing, friends, block, mute, found] = rows;
  return { incoming, outgoing, friends, block, mute, found };
}

export interface PostPageRows {
  post: HydratedPost;
  comments: CommentRow[];
  likes: LikeRow[];
}

/** `undefined` where the viewer does not see the post. One round trip. */
export async function readPostPage(
  db: Database,
  comments: CommentPage,
  likes: LikePage,
): Promise<PostPageRows | undefined> {
  const [[post], commentRows, likeRows] = await db.orm.batch([
    db.orm.all<HydratedRow | undefined>(hydratedPosts(comments.viewerId, seenPost(comments))),
    db.orm.all<{ json: string }>(commentsPage(comments)),
    db.orm.all<LikeRow>(likesPage(likes)),
  ]);
  if (post === undefined) return undefined;
  const parsed = commentRows.map(({ json }) => JSON.parse(json) as CommentRow);
  return { post: hydratedOf(post), comments: parsed, likes: likeRows };
}

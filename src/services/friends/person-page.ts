import type { Ctx } from "../../deps.ts";
import { readPersonPage } from "../../db/queries/people-pages.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { toWirePost } from "../posts/wire-post.ts";
import type { PostJson } from "../posts/wire-post.ts";
import { MAX_COUNTED_POSTS } from "./limits.ts";
import { noSuchPerson, viewerOf } from "./pair.ts";
import { profileOf } from "./people.ts";
import type { Profile } from "./people.ts";

/** What `getPerson` and `listPostsOf` tell, at one moment. */
export interface PersonWithPosts {
  person: Profile;
  /** Since when the two are what they are; `null` where they are nothing. */
  since: number | null;
  posts: Page<PostJson>;
}

/** Another, or oneself. Throws `not_found` for nobody and for who blocks one, and `bad_cursor`. One round trip. */
export async function getPersonWithPosts(
  ctx: Ctx<"db" | "config">,
  other: string,
  { cursor, limit }: PageRequest,
): Promise<PersonWithPosts> {
  const viewer = viewerOf(ctx);
  const scope = `page:posts-of:${JSON.stringify([viewer.viewer, other])}`;
  const after = await afterOf(ctx, scope, cursor);
  const pair = { ...viewer, other, maxPosts: MAX_COUNTED_POSTS };
  // One more than the page tells whether another follows.
  const rows = await readPersonPage(ctx.db, pair, { after, limit: limit + 1 });
  if (rows === undefined) throw noSuchPerson(other);
  const { items, nextCursor } = await pageOf(ctx, scope, rows.posts, limit);
  const posts = { items: items.map((post) => toWirePost(post, post)), nextCursor };
  return { person: profileOf(rows.profile), since: rows.since, posts };
}

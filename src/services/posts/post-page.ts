import type { Ctx } from "../../deps.ts";
import { requireUser } from "../../domain/access.ts";
import { readPostPage } from "../../db/queries/people-pages.ts";
import { placeBehind, timePageOf } from "../friends/time-pages.ts";
import { afterOf, pageOf } from "../id-pages.ts";
import type { Page, PageRequest } from "../id-pages.ts";
import { noSuchPost } from "./posts.ts";
import { toWireAuthor, toWireComment, toWirePost } from "./wire-post.ts";
import type { AuthorJson, CommentJson, PostJson } from "./wire-post.ts";

/** What `getPost`, `listComments` and `listLikes` tell, at one moment. */
export interface PostWithReactions {
  post: PostJson;
  comments: Page<CommentJson>;
  likes: Page<AuthorJson>;
}

/** Throws `not_found` for a post that is deleted, or that the viewer does not see, and `bad_cursor`. One round trip. */
export async function getPostWithReactions(
  ctx: Ctx<"db" | "config">,
  id: string,
  wanted: { comments: PageRequest; likes: PageRequest },
): Promise<PostWithReactions> {
  const { userId: viewerId } = requireUser(ctx.actor);
  const scopes = {
    comments: `page:comments:${JSON.stringify([id, viewerId])}`,
    likes: `page:likes:${JSON.stringify([id, viewerId])}`,
  };
  const before = await afterOf(ctx, scopes.comments, wanted.comments.cursor);
  const place = await placeBehind(ctx, scopes.likes, wanted.likes.cursor);
  const found = await readPostPage(
    ctx.db,
    { id, viewerId, before, limit: wanted.comments.limit + 1 },
    {
      id,
      viewerId,
      after: place && { at: place.since, userId: place.id },
      limit: wanted.likes.limit + 1,
    },
  );
  if (found === undefined) throw noSuchPost(id);
  const likers = found.likes.map((like) => ({ ...like, since: like.likedAt }));
  const likes = await timePageOf(ctx, scopes.likes, likers, wanted.likes.limit);
  return {
    post: toWirePost(found.post, found.post),
    comments: await pageOf(ctx, scopes.comments, found.comments.map(toWireComment), wanted.comments.limit),
    likes: { items: likes.items.map(toWireAuthor), nextCursor: likes.nextCursor },
  };
}

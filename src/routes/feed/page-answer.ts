import type { Context } from "hono";
import { sha256Hex } from "../../domain/digest.ts";
import type { FeedPage } from "../../services/feed/feed.ts";
import { conditional, etagOf } from "../middleware/conditional.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type AppEnv, listOf } from "../openapi.ts";
import { PostSchema } from "../posts/schemas.ts";

export const PostPageSchema = listOf("PostList", PostSchema);

/** A page is its viewer's own: no shared cache keeps it, and their own asks each time. */
const OWN = { cacheControl: "private, no-cache", vary: "Authorization, Cookie" };

/** 304 where the client has the page already. */
export async function answerPage(c: Context<AppEnv>, { items, nextCursor }: FeedPage) {
  const json = JSON.stringify({ items, next_cursor: nextCursor });
  // Not of the posts' versions: names, products, pictures and hidden people change a page without changing its posts.
  const etag = etagOf("posts", (await sha256Hex(json)).slice(0, 32));
  linkNext(c, nextCursor);
  c.header("Content-Type", "application/json");
  return conditional(c, { etag, ...OWN }, () => c.body(json, 200));
}

import type { Context } from "hono";
import type { FinishedPage } from "../../services/feed/feed-cache-tiers.ts";
import { textOf } from "../../services/feed/feed-text.ts";
import type { FeedText } from "../../services/feed/feed-text.ts";
import type { FeedPage } from "../../services/feed/feed.ts";
import { conditional, etagOf } from "../middleware/conditional.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type AppEnv, listOf } from "../openapi.ts";
import { PostSchema } from "../posts/schemas.ts";

export const PostPageSchema = listOf("PostList", PostSchema);

/** A page is its viewer's own: no shared cache keeps it, and their own asks each time. */
const OWN = { cacheControl: "private, no-cache", vary: "Authorization, Cookie" };

export function finishPage({ body, digest, nextCursor }: FeedText): FinishedPage {
  return { body, etag: etagOf("posts", digest), nextCursor };
}

/** 304 where the client has the page already. */
export function answerFinished(c: Context<AppEnv>, { body, etag, nextCursor }: FinishedPage) {
  linkNext(c, nextCursor);
  c.header("Content-Type", "application/json");
  return conditional(c, { etag, ...OWN }, () => c.body(body, 200));
}

export async function answerPage(c: Context<AppEnv>, page: FeedPage) {
  return answerFinished(c, finishPage(await textOf(page)));
}

import { createRoute, z } from "@hono/zod-openapi";
import { STANDARD } from "../../domain/experiment.ts";
import { FEED_CACHE, firstPage } from "../../services/feed/feed-cache.ts";
import type { FeedCache } from "../../services/feed/feed-cache.ts";
import { getFeedText } from "../../services/feed/feed-text.ts";
import { feedSettings } from "../../services/feed/feed-settings.ts";
import { refreshExperiments } from "../../services/experiments/load.ts";
import { countAnswer, QUERY_ID_DOCUMENT } from "../middleware/query-id.ts";
import { visitOf } from "../middleware/visit.ts";
import { budget } from "../budget.ts";
import { isFreshWanted, TOKEN_DOCUMENTS, tokensOf } from "../middleware/consistency.ts";
import { NOT_MODIFIED } from "../middleware/conditional.ts";
import {
  type App,
  ctxOf,
  cursorParam,
  jsonBody,
  problems,
  settableLimitParam,
  SIGNED_IN,
} from "../openapi.ts";
import { answerFinished, finishPage, PostPageSchema } from "./page-answer.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/feed",
  operationId: "getFeed",
  tags: ["Feed"],
  summary: "Your own posts and your friends', the newest first",
  description:
    "Without posts of people whom you block or mute, or who block or mute you. Pages are full while more posts exist; read " +
    "to the end, each post that you may see all the while comes exactly once, whatever is written meanwhile. New posts " +
    "stand before the first page: read it again.\n\n" +
    "Who brings the `Consistency-Token` of the answer before may get a first page that is up to 5 s old, but never one without " +
    "what they have written themselves. `Cache-Control: no-cache` asks for the page as it is now.",
  ...SIGNED_IN,
  ...budget({ trips: 2, messages: 1, cpu: "medium" }),
  ...TOKEN_DOCUMENTS,
  request: { query: z.object({ limit: settableLimitParam(STANDARD.feed_page_size), cursor: cursorParam }) },
  responses: {
    200: { ...jsonBody(PostPageSchema, "A page of posts"), headers: QUERY_ID_DOCUMENT },
    ...NOT_MODIFIED,
    ...problems(400, 403, 503),
  },
});

export function registerGetFeed(app: App, cache: FeedCache = FEED_CACHE): void {
  app.openapi(route, async (c) => {
    const { limit: asked, cursor = null } = c.req.valid("query");
    const ctx = ctxOf(c);
    const { limit, policy, resolved } = feedSettings(
      ctx,
      { limit: asked, isFirst: cursor === null },
      visitOf(c),
    );
    if (cursor !== null) return answerFinished(c, finishPage(await getFeedText(ctx, { limit, cursor })));
    const started = performance.now();
    const wanted = { limit, tokens: tokensOf(c), isFresh: isFreshWanted(c) };
    const set = { ...cache, policy: policy(cache.policy) };
    const page = await firstPage(ctx, wanted, finishPage, set);
    countAnswer(c, resolved, performance.now() - started);
    refreshExperiments(ctx);
    return answerFinished(c, page);
  });
}

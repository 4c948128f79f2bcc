import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { MAX_NEW_POSTS, newsTag, readNews, watchNews } from "../../services/feed/live.ts";
import type { LivePace, NewsJson } from "../../services/feed/live.ts";
import { streamOf } from "../../services/images/stream-of.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, type AppEnv, ctxOf, jsonBody, problems, SIGNED_IN } from "../openapi.ts";

const EVENTS = "text/event-stream";
const RETRY_MS = 5_000;

const since = z
  .string()
  .regex(/^post_[A-Za-z0-9_-]{1,59}$/, "Expected the id of a post")
  .optional()
  .openapi({
    type: "string",
    description: "The newest post that you have; without it, all are new",
    example: "post_019b7ca98c8870b4808e96fd1b3df43e",
  });

const NewsSchema = z
  .object({
    new_posts: z.int().min(0).max(MAX_NEW_POSTS).openapi({ description: "Of others; your own do not count" }),
    is_more: z.boolean().openapi({ description: "Whether there may be more than these" }),
    latest_id: z.string().nullable().openapi({ description: "The newest of them; of none, `since`" }),
  })
  .openapi("FeedNews");

export const route = createRoute({
  method: "get",
  path: "/v1/feed/live",
  operationId: "watchFeed",
  tags: ["Feed"],
  summary: "How many posts are new",
  description:
    "Of others, as your feed shows them above the post that you have as the newest. As JSON, for asking again every few " +
    "seconds with `If-None-Match`; or, where `Accept` names `text/event-stream`, as events `news` with the same JSON: how it is " +
    "now, and each change. The stream ends after two minutes, and when your session does: then connect again. Read the feed " +
    "with `Cache-Control: no-cache` to get what is new.",
  ...SIGNED_IN,
  ...budget({ cpu: "bulk" }, "A stream: a trip every few seconds for as long as somebody reads it"),
  request: {
    query: z.object({ since }),
    headers: z.object({
      "last-event-id": z
        .string()
        .max(100)
        .optional()
        .openapi({ description: "Of the last event, as a browser sends it by itself: it is not told again" }),
    }),
  },
  responses: {
    200: {
      ...jsonBody(NewsSchema, "How it is now"),
      content: { "application/json": { schema: NewsSchema }, [EVENTS]: { schema: z.string() } },
    },
    ...NOT_MODIFIED,
    ...problems(400, 403, 503),
  },
});

export function registerFeedLive(app: App, pace?: LivePace): void {
  app.openapi(route, async (c) => {
    const { since: last = null } = c.req.valid("query");
    if (c.req.header("accept")?.includes(EVENTS)) return newsEvents(c, last, pace);
    const news = await readNews(ctxOf(c), last);
    const headers = { cacheControl: "private, no-cache", vary: "Accept, Authorization, Cookie" };
    return conditional(c, { etag: etagOf("news", newsTag(news)), ...headers }, () => c.json(news, 200));
  });
}

async function newsEvents(c: Context<AppEnv>, last: string | null, pace?: LivePace): Promise<Response> {
  const told = c.req.header("last-event-id") ?? null;
  const news = await watchNews(ctxOf(c), { since: last, told }, pace);
  // Without `no-transform` a proxy may hold events back to compress them.
  const headers = { "Content-Type": EVENTS, "Cache-Control": "no-store, no-transform" };
  return c.body(streamOf(encoded(c, news)), 200, headers);
}

/** The answer has begun: what fails now, as a session that ends does, ends it without a word. */
async function* encoded(
  c: Context<AppEnv>,
  news: AsyncGenerator<NewsJson | null>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`retry: ${RETRY_MS}\n\n`);
  try {
    for await (const one of news) yield encoder.encode(one === null ? ": waiting\n\n" : eventOf(one));
  } catch (error) {
    c.env.log.warn("feed_events_ended", { error: String(error) });
  }
}

function eventOf(news: NewsJson): string {
  return `event: news\nid: ${newsTag(news)}\ndata: ${JSON.stringify(news)}\n\n`;
}

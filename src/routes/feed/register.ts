import type { LivePace } from "../../services/feed/live.ts";
import type { FeedCache } from "../../services/feed/feed-cache.ts";
import type { App } from "../openapi.ts";
import { registerFeedLive } from "./feed-live.ts";
import { registerGetFeed } from "./get-feed.ts";
import { registerListPostsOf } from "./list-posts-of.ts";

/** What tests set otherwise. */
export interface FeedOptions {
  /** How first pages are kept. */
  cache?: FeedCache;
  /** How `GET /v1/feed/live` goes on. */
  pace?: LivePace;
}

export function registerFeedRoutes(app: App, { cache, pace }: FeedOptions = {}): void {
  registerGetFeed(app, cache);
  registerFeedLive(app, pace);
  registerListPostsOf(app);
}

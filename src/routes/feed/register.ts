import type { FeedCache } from "../../services/feed/feed-cache.ts";
import type { App } from "../openapi.ts";
import { registerGetFeed } from "./get-feed.ts";
import { registerListPostsOf } from "./list-posts-of.ts";

/** What tests set otherwise. */
export interface FeedOptions {
  /** How first pages are kept. */
  cache?: FeedCache;
}

export function registerFeedRoutes(app: App, { cache }: FeedOptions = {}): void {
  registerGetFeed(app, cache);
  registerListPostsOf(app);
}

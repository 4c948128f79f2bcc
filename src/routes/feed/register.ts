import type { App } from "../openapi.ts";
import { registerGetFeed } from "./get-feed.ts";
import { registerListPostsOf } from "./list-posts-of.ts";

export function registerFeedRoutes(app: App): void {
  registerGetFeed(app);
  registerListPostsOf(app);
}

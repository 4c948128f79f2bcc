import type { App } from "../openapi.ts";
import { registerAccountPages } from "./account/register.ts";
import { registerDashboardPage } from "./dashboard.tsx";
import { registerFeedPages } from "./feed.tsx";
import { registerFriendsPage } from "./friends.tsx";
import { registerOpsPages } from "./ops/register.ts";
import { registerPersonPage } from "./person.tsx";
import { registerPostPage } from "./post.tsx";
import { registerProductPage } from "./product.tsx";
import { registerRobots } from "./robots.ts";
import { registerShop } from "./shop.tsx";
import { registerUploadPages } from "./upload.tsx";

export function registerPageRoutes(app: App): void {
  registerShop(app);
  registerProductPage(app);
  registerAccountPages(app);
  registerDashboardPage(app);
  registerUploadPages(app);
  registerFeedPages(app);
  registerFriendsPage(app);
  registerPersonPage(app);
  registerOpsPages(app);
  registerPostPage(app);
  registerRobots(app);
}

import type { App } from "../openapi.ts";
import { registerListUsers } from "./list-users.ts";

export function registerAnalyticsRoutes(app: App): void {
  registerListUsers(app);
}

import type { App } from "../openapi.ts";
import { registerListUsers } from "./list-users.ts";
import { registerOverview } from "./overview.ts";
import { registerUsersCsv } from "./users-csv.ts";

export function registerAnalyticsRoutes(app: App): void {
  registerListUsers(app);
  registerOverview(app);
  registerUsersCsv(app);
}

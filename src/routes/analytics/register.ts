import type { App } from "../openapi.ts";
import { registerImportUsers } from "./import-users.ts";
import { registerListUsers } from "./list-users.ts";
import { registerLive } from "./live.ts";
import { registerOverview } from "./overview.ts";
import { registerPutUser } from "./put-user.ts";
import { registerSettings } from "./settings.ts";
import { registerUsersCsv } from "./users-csv.ts";

export function registerAnalyticsRoutes(app: App): void {
  registerOverview(app);
  registerListUsers(app);
  registerUsersCsv(app);
  registerPutUser(app);
  registerImportUsers(app);
  registerLive(app);
  registerSettings(app);
}

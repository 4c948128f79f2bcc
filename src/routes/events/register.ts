import type { App } from "../openapi.ts";
import { registerBeacon } from "./beacon.ts";
import { registerCollect } from "./collect.ts";
import { registerEraseUser } from "./erase-user.ts";
import { registerImportEvents } from "./import-events.ts";
import { registerPostEvents } from "./post-events.ts";
import { registerBodies } from "./schemas.ts";

export function registerEventRoutes(app: App): void {
  registerBodies(app);
  registerPostEvents(app);
  registerImportEvents(app);
  registerCollect(app);
  registerBeacon(app);
  registerEraseUser(app);
}

import type { App } from "../openapi.ts";
import { registerDeadLetters } from "./dead-letters.ts";
import { registerIndexStatus } from "./index-status.ts";
import { registerRebuildIndex } from "./rebuild-index.ts";

export function registerAdminRoutes(app: App): void {
  registerIndexStatus(app);
  registerRebuildIndex(app);
  registerDeadLetters(app);
}

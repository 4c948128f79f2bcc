import type { App } from "../openapi.ts";
import { registerGetDeadLetter } from "./get-dead-letter.ts";
import { registerImportCommunity } from "./import-community.ts";
import { registerIndexStatus } from "./index-status.ts";
import { registerListDeadLetters } from "./list-dead-letters.ts";
import { registerListDrift } from "./list-drift.ts";
import { registerReadBacklog } from "./read-backlog.ts";
import { registerReadMetrics } from "./read-metrics.ts";
import { registerRebuildIndex } from "./rebuild-index.ts";
import { registerRecountAnalytics } from "./recount-analytics.ts";
import { registerRedriveDeadLetter } from "./redrive-dead-letter.ts";

export function registerAdminRoutes(app: App): void {
  registerIndexStatus(app);
  registerRebuildIndex(app);
  registerListDeadLetters(app);
  registerGetDeadLetter(app);
  registerRedriveDeadLetter(app);
  registerReadBacklog(app);
  registerReadMetrics(app);
  registerRecountAnalytics(app);
  registerListDrift(app);
  registerImportCommunity(app);
}

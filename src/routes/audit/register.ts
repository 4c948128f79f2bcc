import type { App } from "../openapi.ts";
import { registerExportOrgAudit } from "./export-org-audit.ts";
import { registerListAudit } from "./list-audit.ts";
import { registerListOrgAudit } from "./list-org-audit.ts";

export function registerAuditRoutes(app: App): void {
  registerListOrgAudit(app);
  registerExportOrgAudit(app);
  registerListAudit(app);
}

import type { App } from "../openapi.ts";
import { registerDocs } from "./docs.tsx";
import { lazyDocument } from "./document.ts";
import { registerHealthz } from "./healthz.ts";
import { registerMetrics } from "./metrics.ts";
import { registerOpenApiJson } from "./openapi-json.ts";
import { registerReadyz } from "./readyz.ts";

export function registerOperationRoutes(app: App): void {
  registerHealthz(app);
  registerReadyz(app);
  registerMetrics(app);
  const documentOf = lazyDocument(app);
  registerOpenApiJson(app, documentOf);
  registerDocs(app, documentOf);
}

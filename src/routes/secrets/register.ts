import type { App } from "../openapi.ts";
import { registerReseal } from "./reseal.ts";
import { registerSecretStatus } from "./secret-status.ts";

export function registerSecretRoutes(app: App): void {
  registerSecretStatus(app);
  registerReseal(app);
}

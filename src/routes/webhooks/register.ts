import type { App } from "../openapi.ts";

export function registerWebhookRoutes(_app: App): void {}

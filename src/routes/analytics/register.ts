import type { App } from "../openapi.ts";

export function registerAnalyticsRoutes(_app: App): void {}

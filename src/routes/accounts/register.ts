import type { App } from "../openapi.ts";

export function registerAccountRoutes(_app: App): void {}

import type { App } from "../openapi.ts";

export function registerEventRoutes(_app: App): void {}

import type { App } from "../openapi.ts";

export function registerFeedRoutes(_app: App): void {}

import type { App } from "../openapi.ts";

export function registerPostRoutes(_app: App): void {}

import type { App } from "../openapi.ts";

export function registerImageRoutes(_app: App): void {}

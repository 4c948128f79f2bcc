import type { App } from "../openapi.ts";

export function registerFriendRoutes(_app: App): void {}

import type { RouteConfig } from "@hono/zod-openapi";
import { createApp } from "../../src/app.ts";
import type { App } from "../../src/routes/openapi.ts";

/** Every documented operation, by names such as `GET /v1/orgs/{org}`. */
export function documentedRoutes(app: App = createApp()): ReadonlyMap<string, RouteConfig> {
  const routes = new Map<string, RouteConfig>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== "route") continue;
    const { method, path } = definition.route;
    routes.set(`${method.toUpperCase()} ${path}`, definition.route);
  }
  return routes;
}

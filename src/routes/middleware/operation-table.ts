import type { Context } from "hono";
import type { RouteConfig } from "@hono/zod-openapi";
import type { App, AppEnv } from "../openapi.ts";
import { routePattern } from "./request-log.ts";

/** The documented operation that answers a request, `undefined` for pages and what is not found. */
export type OperationOf = (c: Context<AppEnv>) => RouteConfig | undefined;

/** The documented operations by method and pattern: `GET /v1/products/:id`. */
export function operationTable(app: App): ReadonlyMap<string, RouteConfig> {
  const table = new Map<string, RouteConfig>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== "route") continue;
    const { method, path } = definition.route;
    table.set(`${method.toUpperCase()} ${path.replaceAll(/\/{(.+?)}/g, "/:$1")}`, definition.route);
  }
  return table;
}

/** Looks operations up by method and pattern; the table is made at the first request, when all routes are there. */
export function operationLookup(app: App): OperationOf {
  let table: ReadonlyMap<string, RouteConfig> | undefined;
  return (c) => {
    table ??= operationTable(app);
    const known = c.get("operation");
    if (known !== undefined) return known ?? undefined;
    const pattern = routePattern(c);
    const method = c.req.method === "HEAD" ? "GET" : c.req.method;
    const found = pattern === null ? undefined : table.get(`${method} ${pattern}`);
    c.set("operation", found ?? null);
    return found;
  };
}

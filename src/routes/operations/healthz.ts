import { createRoute, z } from "@hono/zod-openapi";
import { budget } from "../budget.ts";
import { jsonBody, PUBLIC } from "../openapi.ts";
import type { App } from "../openapi.ts";

const HealthSchema = z.object({ status: z.literal("ok") }).openapi("Health");

const route = createRoute({
  ...PUBLIC,
  ...budget({ trips: 0, cold: { trips: 0 } }),
  method: "get",
  path: "/healthz",
  operationId: "getHealth",
  tags: ["Operations"],
  summary: "Whether the process answers",
  description: "Touches nothing: neither database nor network.",
  responses: { 200: jsonBody(HealthSchema, "It answers") },
});

export function registerHealthz(app: App): void {
  app.openapi(route, (c) => {
    c.header("Cache-Control", "no-store");
    return c.json({ status: "ok" as const }, 200);
  });
}

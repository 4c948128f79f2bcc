import { createRoute, z } from "@hono/zod-openapi";
import { readLastMinutes } from "../../services/analytics/live.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, ctxOf, jsonBody, needs, problems } from "../openapi.ts";
import { orgParam } from "../orgs/schemas.ts";
import { LiveSchema, PRIVATE } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/live",
  operationId: "getOrgLive",
  tags: ["Analytics"],
  summary: "The last thirty minutes",
  ...needs("stats:read"),
  ...budget(),
  request: { params: z.object({ org: orgParam }) },
  responses: {
    200: jsonBody(LiveSchema, "Who is there, and what happened minute by minute"),
    ...NOT_MODIFIED,
    ...problems(400, 403, 404, 503),
  },
});

export function registerLive(app: App): void {
  app.openapi(route, async (c) => {
    const { value, version, minute } = await readLastMinutes(ctxOf(c), c.req.valid("param"));
    return conditional(c, { etag: etagOf("live", version, minute), ...PRIVATE }, () => c.json(value, 200));
  });
}

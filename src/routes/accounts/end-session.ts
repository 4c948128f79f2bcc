import { createRoute, z } from "@hono/zod-openapi";
import { endOwnSession } from "../../services/accounts/own-account.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, problems, SIGNED_IN } from "../openapi.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/me/sessions/{id}",
  operationId: "endOwnSession",
  tags: ["Accounts"],
  summary: "End one of one's own sessions",
  description: "It is refused everywhere within a minute.",
  ...SIGNED_IN,
  ...budget(),
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: { 204: { description: "Ended" }, ...problems(400, 403, 404, 503) },
});

export function registerEndSession(app: App): void {
  app.openapi(route, async (c) => {
    await endOwnSession(ctxOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { redriveDeadLetter } from "../../services/dead-letters.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/admin/dead-letters/{id}/redrive",
  operationId: "redriveDeadLetter",
  tags: ["Operations"],
  summary: "Run a failed job again",
  ...OPERATOR_ONLY,
  ...budget({ trips: 4, messages: 1 }, "Reads and marks the letter, and relays its job at once"),
  request: { params: z.object({ id: z.string().min(1).max(200) }) },
  responses: {
    202: jsonBody(z.object({ job_id: z.string() }), "The job is queued"),
    ...problems(403, 404, 503),
  },
});

export function registerRedriveDeadLetter(app: App): void {
  app.openapi(route, async (c) => c.json(await redriveDeadLetter(ctxOf(c), c.req.valid("param").id), 202));
}

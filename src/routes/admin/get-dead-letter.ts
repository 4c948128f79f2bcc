import { createRoute, z } from "@hono/zod-openapi";
import { getDeadLetter } from "../../services/dead-letters.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";
import { DeadLetterSchema, deadLetterWire } from "./dead-letter-schema.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/admin/dead-letters/{id}",
  operationId: "getDeadLetter",
  tags: ["Operations"],
  summary: "A job that failed for good and waits",
  ...OPERATOR_ONLY,
  ...budget(),
  request: { params: z.object({ id: z.string().min(1).max(200) }) },
  responses: { 200: jsonBody(DeadLetterSchema, "The dead letter"), ...problems(403, 404, 503) },
});

export function registerGetDeadLetter(app: App): void {
  app.openapi(route, async (c) => {
    const letter = await getDeadLetter(ctxOf(c), c.req.valid("param").id);
    return c.json(deadLetterWire(letter), 200, { "Cache-Control": "no-store" });
  });
}

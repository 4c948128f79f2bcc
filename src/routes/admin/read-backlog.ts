import { createRoute, z } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import { backlog } from "../../services/dead-letters.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";

const BacklogSchema = z
  .object({
    outbox: z
      .int()
      .openapi({ description: "Jobs written and not yet handed to the queue, counted up to 10,000" }),
    oldest_at: z.iso.datetime().nullable(),
    dead_letters: z.int().openapi({ description: "Counted up to 10,000" }),
  })
  .openapi("Backlog");

export const route = createRoute({
  method: "get",
  path: "/v1/admin/backlog",
  operationId: "readBacklog",
  tags: ["Operations"],
  summary: "What waits to be done",
  ...OPERATOR_ONLY,
  ...budget(),
  responses: { 200: jsonBody(BacklogSchema, "The backlog"), ...problems(403, 503) },
});

export function registerReadBacklog(app: App): void {
  app.openapi(route, async (c) => {
    const { outbox, oldestAt, deadLetters } = await backlog(ctxOf(c));
    const oldest_at = oldestAt === null ? null : toRfc3339(oldestAt);
    return c.json({ outbox, oldest_at, dead_letters: deadLetters }, 200, { "Cache-Control": "no-store" });
  });
}

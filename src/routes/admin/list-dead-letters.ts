import { createRoute, z } from "@hono/zod-openapi";
import { deadLetterPage } from "../../services/dead-letters.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import {
  type App,
  ctxOf,
  cursorParam,
  jsonBody,
  limitParam,
  listOf,
  OPERATOR_ONLY,
  problems,
} from "../openapi.ts";
import { DeadLetterSchema, deadLetterWire } from "./dead-letter-schema.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/admin/dead-letters",
  operationId: "listDeadLetters",
  tags: ["Operations"],
  summary: "Jobs that failed for good, the newest first",
  ...OPERATOR_ONLY,
  ...budget(),
  request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("DeadLetterList", DeadLetterSchema), "Dead letters"),
    ...problems(400, 403, 503),
  },
});

export function registerListDeadLetters(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await deadLetterPage(ctxOf(c), { limit, cursor: cursor ?? null });
    linkNext(c, page.next_cursor);
    const items = page.items.map(deadLetterWire);
    return c.json({ items, next_cursor: page.next_cursor }, 200, { "Cache-Control": "no-store" });
  });
}

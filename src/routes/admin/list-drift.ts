import { createRoute, z } from "@hono/zod-openapi";
import { driftPage } from "../../services/analytics/drift.ts";
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

const DriftSchema = z
  .object({
    id: z.string(),
    org: z.string(),
    what: z.string().openapi({ description: "Table, key and value", example: "org_users.17.logins" }),
    kept: z.number().openapi({ description: "As it stood" }),
    recounted: z.number().openapi({ description: "As the events have it, and as it was repaired" }),
    created_at: z.iso.datetime(),
  })
  .openapi("Drift");

export const route = createRoute({
  method: "get",
  path: "/v1/admin/analytics/drift",
  operationId: "listDrift",
  tags: ["Operations"],
  summary: "Derived numbers that a recount found wrong and repaired, the newest first",
  ...OPERATOR_ONLY,
  ...budget(),
  request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: { 200: jsonBody(listOf("DriftList", DriftSchema), "Findings"), ...problems(400, 403, 503) },
});

export function registerListDrift(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await driftPage(ctxOf(c), { limit, cursor: cursor ?? null });
    linkNext(c, page.next_cursor);
    return c.json(page, 200, { "Cache-Control": "no-store" });
  });
}

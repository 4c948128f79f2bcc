import { createRoute, z } from "@hono/zod-openapi";
import { NO_ORG } from "../../domain/audit.ts";
import { listAllAudit } from "../../services/audit/list.ts";
import { linkNext } from "../middleware/next-link.ts";
import { budget } from "../budget.ts";
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
import { NO_STORE } from "../orgs/schemas.ts";
import { auditFilters, AuditEntrySchema, auditWire, filterOf } from "./schemas.ts";

const org = z.string().min(1).max(100).optional().openapi({
  description: "The id of an organisation, or `none` for what concerns the deployment",
  example: "none",
});

export const route = createRoute({
  method: "get",
  path: "/v1/admin/audit",
  operationId: "listAudit",
  tags: ["Operations"],
  summary: "Who did what, in all organisations and to the deployment, the newest first",
  ...OPERATOR_ONLY,
  ...budget(),
  request: { query: z.object({ org, ...auditFilters, limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("AuditList", AuditEntrySchema), "A page of lines"),
    ...problems(400, 403, 503),
  },
});

export function registerListAudit(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, org: of = null, ...given } = c.req.valid("query");
    const orgId = of === "none" ? NO_ORG : of;
    const page = await listAllAudit(
      ctxOf(c),
      { orgId, ...filterOf(given) },
      { limit, cursor: cursor ?? null },
    );
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(auditWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { listOrgAudit } from "../../services/audit/list.ts";
import { linkNext } from "../middleware/next-link.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, listOf, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "../orgs/schemas.ts";
import { auditFilters, AuditEntrySchema, auditWire, filterOf } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/audit",
  operationId: "listOrgAudit",
  tags: ["Organisations"],
  summary: "Who did what to an organisation, the newest first",
  description:
    "Members, roles, invitations, keys, webhooks, settings, imports, exports, erasures and deleted images. A line is " +
    "written together with what it tells of, cannot be changed, and is kept for 400 days.",
  ...needs("audit:read"),
  ...budget(),
  request: {
    params: z.object({ org: orgParam }),
    query: z.object({ ...auditFilters, limit: limitParam(), cursor: cursorParam }),
  },
  responses: {
    200: jsonBody(listOf("AuditList", AuditEntrySchema), "A page of lines"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListOrgAudit(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, ...given } = c.req.valid("query");
    const asked = { org: c.req.valid("param").org, ...filterOf(given) };
    const page = await listOrgAudit(ctxOf(c), asked, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(auditWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}

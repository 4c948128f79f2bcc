import { createRoute, z } from "@hono/zod-openapi";
import { listOrgs } from "../../services/orgs/orgs.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import {
  type App,
  ctxOf,
  cursorParam,
  jsonBody,
  limitParam,
  listOf,
  ANY_CREDENTIAL,
  problems,
} from "../openapi.ts";
import { NO_STORE, OrgSchema, orgWire } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs",
  operationId: "listOrgs",
  tags: ["Organisations"],
  summary: "Your organisations, the oldest first",
  description: "A person's own with their `role`, an API key's one, and all for the operator.",
  ...ANY_CREDENTIAL,
  ...budget(),
  request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("OrganisationList", OrgSchema), "A page of organisations"),
    ...problems(400, 403, 503),
  },
});

export function registerListOrgs(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listOrgs(ctxOf(c), { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(orgWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}

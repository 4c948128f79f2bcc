import { createRoute, z } from "@hono/zod-openapi";
import { listSiteKeys } from "../../services/orgs/site-keys.ts";
import { budget } from "../budget.ts";
import { linkNext } from "../middleware/next-link.ts";
import { type App, ctxOf, cursorParam, jsonBody, limitParam, listOf, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "./schemas.ts";
import { SiteKeySchema, siteKeyWire } from "./site-key-schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/site-keys",
  operationId: "listSiteKeys",
  tags: ["Organisations"],
  summary: "The site keys of an organisation, the oldest first, revoked ones too",
  ...needs("keys:read"),
  ...budget(),
  request: {
    params: z.object({ org: orgParam }),
    query: z.object({ limit: limitParam(), cursor: cursorParam }),
  },
  responses: {
    200: jsonBody(listOf("SiteKeyList", SiteKeySchema), "A page of keys"),
    ...problems(400, 403, 404, 503),
  },
});

export function registerListSiteKeys(app: App): void {
  app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await listSiteKeys(ctxOf(c), c.req.valid("param").org, { limit, cursor: cursor ?? null });
    linkNext(c, page.nextCursor);
    return c.json({ items: page.items.map(siteKeyWire), next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}

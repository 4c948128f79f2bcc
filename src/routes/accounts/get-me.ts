import { createRoute } from "@hono/zod-openapi";
import { requireUser } from "../../domain/access.ts";
import { budget } from "../budget.ts";
import { type App, jsonBody, problems, SIGNED_IN } from "../openapi.ts";
import { MeSchema, NO_STORE } from "./schemas.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/me",
  operationId: "getMe",
  tags: ["Accounts"],
  summary: "Who asks, and where they belong",
  description: "Memberships are at most 50 s old.",
  ...SIGNED_IN,
  ...budget({ trips: 0 }),
  responses: { 200: jsonBody(MeSchema, "The person"), ...problems(400, 403, 503) },
});

export function registerGetMe(app: App): void {
  app.openapi(route, (c) => {
    const { userId, name, email, memberships } = requireUser(c.get("actor"));
    const wire = memberships.map(({ orgId, orgSlug, role }) => ({ org: { id: orgId, slug: orgSlug }, role }));
    return c.json({ id: userId, name, email, memberships: wire }, 200, NO_STORE);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { eraseUser } from "../../services/events/erase-user.ts";
import { MAX_USER_ID } from "../../services/events/event-fields.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, problems } from "../openapi.ts";
import { orgParam } from "../orgs/schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/orgs/{org}/users/{user}",
  operationId: "eraseUser",
  tags: ["Events"],
  summary: "Erase a user",
  description:
    "Removes the user and all events of theirs from the lists, the counters and the series, for good: events up to now are " +
    "not taken again. Counts whose events retention had removed before stay in the totals. Erasing again changes nothing.",
  ...needs("people:erase"),
  ...budget({ trips: 3, messages: 1, cpu: "medium" }),
  request: {
    params: z.object({
      org: orgParam,
      user: z.string().min(1).max(MAX_USER_ID).openapi({ description: "Your own id of the user" }),
    }),
  },
  responses: { 204: { description: "Erased" }, ...problems(400, 403, 404, 503) },
});

export function registerEraseUser(app: App): void {
  app.openapi(route, async (c) => {
    const { org, user } = c.req.valid("param");
    await eraseUser(ctxOf(c), { org, userId: user });
    return c.body(null, 204);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { endFriendship } from "../../services/friends/friendships.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, problems, SIGNED_IN } from "../openapi.ts";
import { FRIENDSHIP_STATES } from "../../domain/post.ts";
import { userParam } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/friends/{user}",
  operationId: "endFriendship",
  tags: ["Feed"],
  summary: "End a friendship, withdraw an asking or decline theirs",
  description:
    "Where there is none, it changes nothing. With `only` nothing else is ended: 409 where you have become something else to " +
    "each other since you looked.",
  ...SIGNED_IN,
  ...budget({ trips: 2, messages: 1 }),
  request: {
    params: userParam,
    query: z.object({
      only: z
        .enum(FRIENDSHIP_STATES)
        .optional()
        .openapi({ description: "`asked` withdraws, `asking` declines, `friends` ends a friendship" }),
    }),
  },
  responses: { 204: { description: "There is none now" }, ...problems(400, 403, 404, 409, 422, 503) },
});

export function registerEndFriendship(app: App): void {
  app.openapi(route, async (c) => {
    const { only = null } = c.req.valid("query");
    await endFriendship(ctxOf(c), c.req.valid("param").user, only);
    return c.body(null, 204);
  });
}

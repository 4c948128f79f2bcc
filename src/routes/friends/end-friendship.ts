import { createRoute } from "@hono/zod-openapi";
import { endFriendship } from "../../services/friends/friendships.ts";
import { type App, ctxOf, problems, SIGNED_IN } from "../openapi.ts";
import { userParam } from "./schemas.ts";

export const route = createRoute({
  method: "delete",
  path: "/v1/friends/{user}",
  operationId: "endFriendship",
  tags: ["Feed"],
  summary: "End a friendship, withdraw an asking or decline theirs",
  description: "Where there is none, it changes nothing.",
  ...SIGNED_IN,
  request: { params: userParam },
  responses: { 204: { description: "There is none now" }, ...problems(400, 403, 404, 422, 503) },
});

export function registerEndFriendship(app: App): void {
  app.openapi(route, async (c) => {
    await endFriendship(ctxOf(c), c.req.valid("param").user);
    return c.body(null, 204);
  });
}

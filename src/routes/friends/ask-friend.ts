import { createRoute, z } from "@hono/zod-openapi";
import { askFriend } from "../../services/friends/friendships.ts";
import { MAX_ASKED, MAX_FRIENDS } from "../../services/friends/limits.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, problems, SIGNED_IN, rateClass } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { userParam } from "./schemas.ts";

const AskedSchema = z
  .object({
    state: z.enum(["asked", "friends"]).openapi({ description: "`friends` once both have asked" }),
  })
  .openapi("Asked");

const thousands = MAX_FRIENDS.toLocaleString("en");

export const route = createRoute({
  method: "put",
  path: "/v1/friends/{user}",
  operationId: "askFriend",
  tags: ["Feed"],
  summary: "Ask a person to be your friend, or accept their asking",
  description:
    `Asking again changes nothing. At most ${thousands} friends, and ${MAX_ASKED} askings that nobody has answered yet ` +
    "(409). Who blocks you is not there (404); whom you block you cannot ask (409).",
  ...SIGNED_IN,
  ...budget({ trips: 2, messages: 1 }),
  ...rateClass("ask"),
  request: { params: userParam },
  responses: {
    200: jsonBody(AskedSchema, "What the two of you are now"),
    ...problems(400, 403, 404, 409, 422, 503),
  },
});

export function registerAskFriend(app: App): void {
  app.openapi(route, async (c) => {
    const state = await askFriend(ctxOf(c), c.req.valid("param").user);
    return c.json({ state }, 200, NO_STORE);
  });
}

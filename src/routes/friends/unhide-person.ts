import { createRoute } from "@hono/zod-openapi";
import type { HidingKind } from "../../domain/post.ts";
import { unhidePerson } from "../../services/friends/hidings.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, problems, SIGNED_IN } from "../openapi.ts";
import { HIDING_WORDS } from "./hiding-words.ts";
import { userParam } from "./schemas.ts";

function routeOf(kind: HidingKind) {
  const { path, verb, undo } = HIDING_WORDS[kind];
  return createRoute({
    method: "delete",
    path: `${path}/{user}`,
    operationId: `${undo}Person`,
    tags: ["Feed"],
    summary: `${undo[0].toUpperCase()}${undo.slice(1)} a person`,
    description: `Where you do not ${verb} them, it changes nothing. A friendship does not come back by itself.`,
    ...SIGNED_IN,
    ...budget({ trips: 2, messages: 1 }),
    request: { params: userParam },
    responses: { 204: { description: "Done" }, ...problems(400, 403, 404, 422, 503) },
  });
}

export function registerUnhidePerson(app: App, kind: HidingKind): void {
  app.openapi(routeOf(kind), async (c) => {
    await unhidePerson(ctxOf(c), { kind, user: c.req.valid("param").user });
    return c.body(null, 204);
  });
}

import { createRoute } from "@hono/zod-openapi";
import type { HidingKind } from "../../domain/post.ts";
import { hidePerson } from "../../services/friends/hidings.ts";
import { MAX_HIDDEN } from "../../services/friends/limits.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, problems, SIGNED_IN } from "../openapi.ts";
import { HIDING_WORDS } from "./hiding-words.ts";
import { userParam } from "./schemas.ts";

function routeOf(kind: HidingKind) {
  const { path, verb, effect } = HIDING_WORDS[kind];
  return createRoute({
    method: "put",
    path: `${path}/{user}`,
    operationId: `${verb}Person`,
    tags: ["Feed"],
    summary: `${verb[0].toUpperCase()}${verb.slice(1)} a person`,
    description: `${effect} Again, it changes nothing. At most ${MAX_HIDDEN.toLocaleString("en")}.`,
    ...SIGNED_IN,
    ...budget({ trips: 2, messages: 1 }),
    request: { params: userParam },
    responses: { 204: { description: "Done" }, ...problems(400, 403, 404, 409, 422, 503) },
  });
}

export function registerHidePerson(app: App, kind: HidingKind): void {
  app.openapi(routeOf(kind), async (c) => {
    await hidePerson(ctxOf(c), { kind, user: c.req.valid("param").user });
    return c.body(null, 204);
  });
}

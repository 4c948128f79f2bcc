import { createRoute } from "@hono/zod-openapi";
import { collect } from "../../services/events/collect.ts";
import { budget } from "../budget.ts";
import { clientKey } from "../middleware/client-key.ts";
import { readJson } from "../products/documented-body.ts";
import { type App, bodyLimit, ctxOf, problems, PUBLIC, rateClass } from "../openapi.ts";
import { bodyNamed } from "./schemas.ts";

const MAX_BYTES = 16_384;

export const route = createRoute({
  method: "post",
  path: "/v1/collect",
  operationId: "collect",
  tags: ["Events"],
  summary: "Record what a page saw",
  description:
    "What `/b.js` sends: one page view or activity, from a page of one of the site key's origins, at the server's time. " +
    "Visitors whom the page does not name get an id for the day; no cookie is set. Nothing is recorded of who sends `DNT` " +
    "or `Sec-GPC`. The body is JSON, also as `text/plain`, which a browser sends without asking first.",
  ...PUBLIC,
  ...budget({ messages: 1 }),
  ...bodyLimit(MAX_BYTES),
  ...rateClass("write"),
  request: { body: bodyNamed("BeaconMessage", ["application/json", "text/plain"]) },
  responses: {
    202: { description: "Taken, and recorded once the database answers" },
    204: { description: "Taken" },
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerCollect(app: App): void {
  app.openapi(route, async (c) => {
    const origin = c.req.header("origin");
    // Until the key is known to be for this origin, no other page may read the answer.
    c.set("readableBy", null);
    const { isDeferred } = await collect(ctxOf(c), await readJson(c), {
      origin,
      userAgent: c.req.header("user-agent") ?? "",
      address: clientKey(c),
      isPrefetch: /prefetch|prerender/.test(c.req.header("sec-purpose") ?? c.req.header("purpose") ?? ""),
      wantsNoTracking: c.req.header("dnt") === "1" || c.req.header("sec-gpc") === "1",
    });
    c.set("readableBy", origin ?? null);
    return c.body(null, isDeferred ? 202 : 204);
  });
}

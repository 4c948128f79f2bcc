import { createRoute } from "@hono/zod-openapi";
import { sha256Hex } from "../../domain/digest.ts";
import { BEACON_SCRIPT } from "../../web/beacon-script.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, problems, PUBLIC } from "../openapi.ts";

export const route = createRoute({
  method: "get",
  path: "/b.js",
  operationId: "getBeacon",
  tags: ["Events"],
  summary: "The script for your pages",
  description:
    '`<script async src="https://…/b.js" data-site="site_…" data-user="customer-42"></script>` records page views, also ' +
    "those by the history API; `vitrine.track(name, properties)` records an activity. It sets no cookie, stores nothing, and " +
    "is silent for who asks not to be tracked (DNT, GPC). `data-user` is optional: your own name for the user.",
  ...PUBLIC,
  ...budget({ trips: 0, cold: { trips: 0 } }),
  responses: {
    200: { description: "The script", content: { "text/javascript": { schema: { type: "string" } } } },
    ...NOT_MODIFIED,
    ...problems(503),
  },
});

export function registerBeacon(app: App): void {
  app.openapi(route, async (c) => {
    const etag = etagOf("b", (await sha256Hex(BEACON_SCRIPT)).slice(0, 16));
    return conditional(c, { etag, cacheControl: "public, max-age=3600, stale-while-revalidate=86400" }, () =>
      c.body(BEACON_SCRIPT, 200, {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cross-Origin-Resource-Policy": "cross-origin",
      }),
    );
  });
}

import { createRoute } from "@hono/zod-openapi";
import { getSynonyms } from "../../services/search/synonyms.ts";
import { budget } from "../budget.ts";
import { conditional, etagOf, NOT_MODIFIED } from "../middleware/conditional.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";
import { SynonymsSchema, wireOf } from "./synonyms-schema.ts";

export const route = createRoute({
  method: "get",
  path: "/v1/search/synonyms",
  operationId: "getSynonyms",
  tags: ["Search"],
  summary: "What words also find",
  ...OPERATOR_ONLY,
  ...budget(),
  responses: { 200: jsonBody(SynonymsSchema, "All synonyms"), ...NOT_MODIFIED, ...problems(403, 503) },
});

export function registerGetSynonyms(app: App): void {
  app.openapi(route, async (c) => {
    const synonyms = await getSynonyms(ctxOf(c));
    const etag = etagOf("synonyms", synonyms.version);
    return conditional(c, { etag, cacheControl: "private, no-cache" }, () => c.json(wireOf(synonyms), 200));
  });
}

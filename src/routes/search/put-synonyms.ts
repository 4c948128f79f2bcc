import { createRoute, z } from "@hono/zod-openapi";
import { putSynonyms } from "../../services/search/synonyms.ts";
import { budget } from "../budget.ts";
import { etagOf } from "../middleware/conditional.ts";
import { type App, ctxOf, jsonBody, jsonInput, OPERATOR_ONLY, problems } from "../openapi.ts";
import { SynonymRulesSchema, SynonymsSchema, wireOf } from "./synonyms-schema.ts";

export const route = createRoute({
  method: "put",
  path: "/v1/search/synonyms",
  operationId: "putSynonyms",
  tags: ["Search"],
  summary: "Replace what words also find",
  description: "All searches of the deployment follow within two seconds.",
  ...OPERATOR_ONLY,
  ...budget(),
  request: {
    headers: z.object({
      "if-match": z
        .string()
        .regex(/^"synonyms\.\d{1,15}"$/, "Expected the ETag of a GET")
        .optional()
        .openapi({ description: "Write only if they are still as this ETag of a GET says" }),
    }),
    body: jsonInput(SynonymRulesSchema),
  },
  responses: { 200: jsonBody(SynonymsSchema, "All synonyms"), ...problems(400, 403, 412, 422, 503) },
});

export function registerPutSynonyms(app: App): void {
  app.openapi(route, async (c) => {
    const etag = c.req.valid("header")["if-match"];
    const expected = etag === undefined ? null : Number(etag.slice(etag.indexOf(".") + 1, -1));
    const synonyms = await putSynonyms(ctxOf(c), { rules: c.req.valid("json"), expected });
    return c.json(wireOf(synonyms), 200, { ETag: etagOf("synonyms", synonyms.version) });
  });
}

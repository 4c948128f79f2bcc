import { createRoute, z } from "@hono/zod-openapi";
import { startRebuild } from "../../services/search/rebuild.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";

const RebuildSchema = z
  .object({
    build_id: z.string(),
    started: z.boolean().openapi({ description: "false: one was under way already" }),
  })
  .openapi("Rebuild");

export const route = createRoute({
  method: "post",
  path: "/v1/admin/index/rebuild",
  operationId: "rebuildIndex",
  tags: ["Operations"],
  summary: "Build the search index anew from the catalogue",
  description:
    "Jobs build it segment by segment; the present generation serves until the new one replaces it at once.",
  ...OPERATOR_ONLY,
  ...budget({ messages: 1 }),
  responses: { 202: jsonBody(RebuildSchema, "The rebuild is under way"), ...problems(403, 503) },
});

export function registerRebuildIndex(app: App): void {
  app.openapi(route, async (c) => {
    const { buildId, started } = await startRebuild(ctxOf(c));
    return c.json({ build_id: buildId, started }, 202);
  });
}

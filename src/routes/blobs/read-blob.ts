import { createRoute } from "@hono/zod-openapi";
import { readBlob } from "../../services/blobs/read.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, OPERATOR_ONLY, problems } from "../openapi.ts";
import { BINARY, keyQuery } from "./schemas.ts";

const TYPE = "application/octet-stream";

export const route = createRoute({
  method: "get",
  path: "/v1/admin/blobs/object",
  operationId: "readBlob",
  tags: ["Operations"],
  summary: "The bytes of a blob, for a backup",
  ...OPERATOR_ONLY,
  ...budget({ trips: 0, blobs: 1, cold: { trips: 0 } }),
  request: { query: keyQuery },
  responses: {
    200: { description: "The bytes", content: { [TYPE]: { schema: BINARY } } },
    ...problems(400, 403, 404, 503),
  },
});

export function registerReadBlob(app: App): void {
  app.openapi(route, async (c) => {
    const { body, size } = await readBlob(ctxOf(c), c.req.valid("query").key);
    const headers = { "Cache-Control": "no-store", "Content-Length": String(size), "Content-Type": TYPE };
    return c.body(body, 200, headers);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { listBlobs } from "../../services/blobs/list.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, cursorParam, jsonBody, listOf, OPERATOR_ONLY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { blobKey } from "./schemas.ts";

const MAX_KEYS = 1_000;

const limit = z
  .string()
  .regex(/^(?:[1-9]\d{0,2}|1000)$/, `Expected a whole number from 1 to ${MAX_KEYS}`)
  .default(String(MAX_KEYS))
  .transform(Number)
  .openapi({ type: "integer", minimum: 1, maximum: MAX_KEYS, default: MAX_KEYS, description: "Keys a page" });

export const route = createRoute({
  method: "get",
  path: "/v1/admin/blobs",
  operationId: "listBlobs",
  tags: ["Operations"],
  summary: "List the blobs that a backup holds",
  description:
    "Segments of the index, events that wait for the database, uploaded images and their pictures, by key in order. The first page becomes a line of the audit log.",
  ...OPERATOR_ONLY,
  ...budget({ blobs: 8 }, "A listing of each kind, of 1,001 keys"),
  request: { query: z.object({ cursor: cursorParam, limit }) },
  responses: {
    200: jsonBody(listOf("BlobList", z.object({ key: blobKey })), "A page of keys"),
    ...problems(400, 403, 503),
  },
});

export function registerListBlobs(app: App): void {
  app.openapi(route, async (c) => {
    const { cursor = null, limit: wanted } = c.req.valid("query");
    const page = await listBlobs(ctxOf(c), { cursor, limit: wanted });
    const items = page.items.map(({ id }) => ({ key: id }));
    return c.json({ items, next_cursor: page.nextCursor }, 200, NO_STORE);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { writeBlob } from "../../services/blobs/write.ts";
import { budget } from "../budget.ts";
import { announcedBody } from "../images/announced-body.ts";
import { sha256OfContentDigest } from "../images/content-digest.ts";
import { type App, BODY_IN_STEP, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";
import { BINARY, keyQuery } from "./schemas.ts";

export const route = createRoute({
  method: "put",
  path: "/v1/admin/blobs/object",
  operationId: "writeBlob",
  tags: ["Operations"],
  summary: "Put a blob of a backup back",
  description:
    "Its bytes have to be those that its key names, and those of `Content-Digest: sha-256=:…:` where it is given: nothing " +
    "is kept else. What lies there already is replaced, by the same bytes but for the manifest's copy.",
  ...OPERATOR_ONLY,
  ...budget(
    { trips: 0, blobs: 30, cpu: "bulk", cold: { trips: 0 } },
    "Up to 100 MB are stored and hashed, in parts",
  ),
  ...BODY_IN_STEP,
  request: {
    query: keyQuery,
    body: { required: true, content: { "application/octet-stream": { schema: BINARY } } },
  },
  responses: {
    200: jsonBody(z.object({ bytes: z.int() }).openapi("StoredBlob"), "It is stored"),
    ...problems(400, 403, 413, 415, 422, 503),
  },
});

export function registerWriteBlob(app: App): void {
  app.openapi(route, async (c) => {
    const { key } = c.req.valid("query");
    const body = announcedBody(c.req.raw);
    const sha256 = sha256OfContentDigest(c.req.header("content-digest"));
    return c.json(await writeBlob(ctxOf(c), { key, body, sha256 }), 200);
  });
}

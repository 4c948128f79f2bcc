import { createRoute, z } from "@hono/zod-openapi";
import { importUsers, MAX_USERS_BYTES, MAX_USERS_LINES } from "../../services/analytics/org-users-import.ts";
import { budget } from "../budget.ts";
import { encodingHeader, ndjsonInput, packedBody } from "../ndjson.ts";
import { type App, bodyLimit, ctxOf, jsonBody, needs, problems } from "../openapi.ts";
import { orgParam } from "../orgs/schemas.ts";
import { UserImportResultSchema } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/users/import",
  operationId: "importOrgUsers",
  tags: ["Analytics"],
  summary: "Name many users of an organisation",
  description:
    `Read as a stream, at most 64 MB (also unpacked) and ${MAX_USERS_LINES} lines, \`Content-Encoding: gzip\` or none. ` +
    "A line without a name keeps the name that is known; a bad line is rejected by itself. Sent again, it changes nothing.",
  ...needs("events:write"),
  ...budget({ cpu: "bulk" }, "A trip more for each further batch of lines"),
  ...bodyLimit(MAX_USERS_BYTES),
  request: {
    params: z.object({ org: orgParam }),
    headers: encodingHeader,
    body: ndjsonInput({
      description: "NDJSON: one user a line as `{id, name?, created_at?}`, at most 4 KB each",
      example: '{"id":"u-7","name":"Ada Lovelace","created_at":"2025-11-02T08:00:00Z"}\n{"id":"u-8"}\n',
    }),
  },
  responses: {
    200: jsonBody(UserImportResultSchema, "What became of the lines"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerImportUsers(app: App): void {
  app.openapi(route, async (c) => {
    const { org } = c.req.valid("param");
    const body = packedBody(c.req.raw, c.req.valid("header")["content-encoding"]);
    const { rejectedCount, lastLine, ...result } = await importUsers(ctxOf(c), { ...body, org });
    return c.json({ ...result, rejected_count: rejectedCount, last_line: lastLine }, 200);
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { importEvents, MAX_IMPORT_BYTES, MAX_IMPORT_LINES } from "../../services/events/import-events.ts";
import { budget } from "../budget.ts";
import { encodingHeader, ndjsonInput, packedBody } from "../ndjson.ts";
import { type App, bodyLimit, ctxOf, jsonBody, needs, problems } from "../openapi.ts";
import { orgParam } from "../orgs/schemas.ts";
import { EVENT_EXAMPLE, EventImportResultSchema } from "./schemas.ts";

export const route = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/events/import",
  operationId: "importEvents",
  tags: ["Events"],
  summary: "Load events of the past",
  description:
    `Read as a stream, at most 64 MB (also unpacked) and ${MAX_IMPORT_LINES} lines, \`Content-Encoding: gzip\` or none. ` +
    "Events of any age that the organisation keeps. A bad line is rejected by itself; sent again, what is known already " +
    "counts as duplicate, so a broken import is resumed by repeating it.",
  ...needs("events:write"),
  ...budget({ messages: 1, cpu: "bulk" }, "A trip more for each further thousand lines or 1 MB"),
  ...bodyLimit(MAX_IMPORT_BYTES),
  request: {
    params: z.object({ org: orgParam }),
    headers: encodingHeader,
    body: ndjsonInput({
      description: "NDJSON: one `EventInput` a line, at most 16 KB each",
      example: `${JSON.stringify(EVENT_EXAMPLE)}\n`,
    }),
  },
  responses: {
    200: jsonBody(EventImportResultSchema, "What became of the lines"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

export function registerImportEvents(app: App): void {
  app.openapi(route, async (c) => {
    const { org } = c.req.valid("param");
    const body = packedBody(c.req.raw, c.req.valid("header")["content-encoding"]);
    const { rejectedCount, lastLine, ...result } = await importEvents(ctxOf(c), { ...body, org });
    return c.json({ ...result, rejected_count: rejectedCount, last_line: lastLine }, 200);
  });
}

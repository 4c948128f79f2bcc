import { createRoute, z } from "@hono/zod-openapi";
import { exportOrgAudit } from "../../services/audit/export.ts";
import type { AuditEntry } from "../../services/audit/list.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "../orgs/schemas.ts";
import { auditFilters, auditWire, filterOf } from "./schemas.ts";

const ndjson = z
  .string()
  .openapi({ description: "A line of JSON for each line of the log, as the list has them" });

export const route = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/audit.ndjson",
  operationId: "exportOrgAudit",
  tags: ["Organisations"],
  summary: "The audit log of an organisation as NDJSON",
  description:
    "Streamed, 1,000 lines a round trip to the database, the newest first. The export itself becomes a line. Should it fail " +
    "on the way, the connection is broken off: a response that ends well is whole.",
  ...needs("audit:read"),
  ...budget({ trips: 2, cpu: "bulk" }, "A stream: a trip more for each further page of entries"),
  request: { params: z.object({ org: orgParam }), query: z.object(auditFilters) },
  responses: {
    200: { description: "The lines", content: { "application/x-ndjson": { schema: ndjson } } },
    ...problems(400, 403, 404, 503),
  },
});

/** Nothing ahead of the reader. */
function streamOf(pages: AsyncGenerator<AuditEntry[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const { value, done } = await pages.next();
    if (done === true) return controller.close();
    controller.enqueue(encoder.encode(value.map((one) => `${JSON.stringify(auditWire(one))}\n`).join("")));
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

// Hono's types take `application/x-ndjson` for JSON, which a stream is not.
function notJson(response: Response): never {
  return response as never;
}

export function registerExportOrgAudit(app: App): void {
  app.openapi(route, async (c) => {
    const { org } = c.req.valid("param");
    const pages = await exportOrgAudit(ctxOf(c), { org, ...filterOf(c.req.valid("query")) });
    const headers = {
      ...NO_STORE,
      "Content-Type": "application/x-ndjson",
      "Content-Disposition": `attachment; filename="audit-${org.replace(/[^\w-]/g, "_")}.ndjson"`,
    };
    return notJson(c.body(streamOf(pages), 200, headers));
  });
}

import { createRoute, z } from "@hono/zod-openapi";
import { toRfc3339 } from "../../domain/time.ts";
import { backlog, deadLetterPage, redriveDeadLetter } from "../../services/dead-letters.ts";
import { linkNext } from "../middleware/next-link.ts";
import {
  type App,
  ctxOf,
  cursorParam,
  jsonBody,
  limitParam,
  listOf,
  OPERATOR_ONLY,
  problems,
} from "../openapi.ts";

const DeadLetterSchema = z
  .object({
    id: z.string(),
    job_id: z.string(),
    kind: z.string(),
    body: z.unknown().openapi({ description: "The message as it came" }),
    reason: z.string(),
    attempts: z.int(),
    created_at: z.iso.datetime(),
  })
  .openapi("DeadLetter");

const BacklogSchema = z
  .object({
    outbox: z
      .int()
      .openapi({ description: "Jobs written and not yet handed to the queue, counted up to 10,000" }),
    oldest_at: z.iso.datetime().nullable(),
    dead_letters: z.int().openapi({ description: "Counted up to 10,000" }),
  })
  .openapi("Backlog");

const NO_STORE = { "Cache-Control": "no-store" };

const list = createRoute({
  method: "get",
  path: "/v1/admin/dead-letters",
  operationId: "listDeadLetters",
  tags: ["Operations"],
  summary: "Jobs that failed for good, the newest first",
  ...OPERATOR_ONLY,
  request: { query: z.object({ limit: limitParam(), cursor: cursorParam }) },
  responses: {
    200: jsonBody(listOf("DeadLetterList", DeadLetterSchema), "Dead letters"),
    ...problems(400, 403, 503),
  },
});

const redrive = createRoute({
  method: "post",
  path: "/v1/admin/dead-letters/{id}/redrive",
  operationId: "redriveDeadLetter",
  tags: ["Operations"],
  summary: "Run a failed job again",
  ...OPERATOR_ONLY,
  request: { params: z.object({ id: z.string().min(1).max(200) }) },
  responses: {
    202: jsonBody(z.object({ job_id: z.string() }), "The job is queued"),
    ...problems(403, 404, 503),
  },
});

const readBacklog = createRoute({
  method: "get",
  path: "/v1/admin/backlog",
  operationId: "readBacklog",
  tags: ["Operations"],
  summary: "What waits to be done",
  ...OPERATOR_ONLY,
  responses: { 200: jsonBody(BacklogSchema, "The backlog"), ...problems(403, 503) },
});

export function registerDeadLetters(app: App): void {
  app.openapi(list, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const page = await deadLetterPage(ctxOf(c), { limit, cursor: cursor ?? null });
    linkNext(c, page.next_cursor);
    const items = page.items.map((item) => ({ ...item, created_at: toRfc3339(item.created_at) }));
    return c.json({ items, next_cursor: page.next_cursor }, 200, NO_STORE);
  });
  app.openapi(redrive, async (c) => c.json(await redriveDeadLetter(ctxOf(c), c.req.valid("param").id), 202));
  app.openapi(readBacklog, async (c) => {
    const { outbox, oldestAt, deadLetters } = await backlog(ctxOf(c));
    const oldest_at = oldestAt === null ? null : toRfc3339(oldestAt);
    return c.json({ outbox, oldest_at, dead_letters: deadLetters }, 200, NO_STORE);
  });
}

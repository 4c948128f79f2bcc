import { createRoute, z } from "@hono/zod-openapi";
import { resealSome } from "../../services/secrets/reseal.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, cursorParam, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";

const ResealedSchema = z
  .object({
    resealed: z.int(),
    unreadable: z
      .int()
      .openapi({ description: "Values that no configured secret opens; they are left alone" }),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: "Give it as `cursor` to go on; null when all is done" }),
  })
  .openapi("Resealed");

export const route = createRoute({
  method: "post",
  path: "/v1/admin/secrets/reseal",
  operationId: "resealSecrets",
  tags: ["Operations"],
  summary: "Seal what a previous secret sealed with the present one, some at a time",
  description:
    "Webhooks' secrets and kept answers, up to 100 of each; two round trips to the database. Repeat with `next_cursor`.",
  ...OPERATOR_ONLY,
  ...budget({ trips: 2, cpu: "bulk" }, "Opens and seals up to 200 values"),
  request: { query: z.object({ cursor: cursorParam }) },
  responses: { 200: jsonBody(ResealedSchema, "What was done"), ...problems(400, 403, 503) },
});

export function registerReseal(app: App): void {
  app.openapi(route, async (c) => {
    const { resealed, unreadable, nextCursor } = await resealSome(
      ctxOf(c),
      c.req.valid("query").cursor ?? null,
    );
    return c.json({ resealed, unreadable, next_cursor: nextCursor }, 200);
  });
}

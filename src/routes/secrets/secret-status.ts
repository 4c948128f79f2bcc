import { createRoute, z } from "@hono/zod-openapi";
import { rfc3339OrNull } from "../../domain/time.ts";
import { secretStatus } from "../../services/secrets/status.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, OPERATOR_ONLY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";

const counted = z.int().openapi({ description: "Counted up to 10,000" });

const SecretStatusSchema = z
  .object({
    since: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "When the present secret was first used; null within its first minute" }),
    previous: z.int().openapi({ description: "How many are configured in `VITRINE_SECRET_PREVIOUS`" }),
    sessions: z
      .int()
      .openapi({ description: "Made before the present secret and not ended, counted up to 10,000" }),
    last_session_ends_at: z.iso.datetime().nullable(),
    webhook_secrets: counted,
    kept_answers: counted,
    may_drop_previous: z
      .boolean()
      .openapi({ description: "Nothing that was given out or kept needs them any more" }),
  })
  .openapi("SecretStatus");

export const route = createRoute({
  method: "get",
  path: "/v1/admin/secrets",
  operationId: "secretStatus",
  tags: ["Operations"],
  summary: "What still needs the secrets before the present one",
  description: "Numbers alone: no secret, nor anything that leads to one.",
  ...OPERATOR_ONLY,
  ...budget(),
  responses: { 200: jsonBody(SecretStatusSchema, "How far the rotation is"), ...problems(403, 503) },
});

export function registerSecretStatus(app: App): void {
  app.openapi(route, async (c) => {
    const status = await secretStatus(ctxOf(c));
    const body = {
      since: rfc3339OrNull(status.since),
      previous: status.previous,
      sessions: status.sessions,
      last_session_ends_at: rfc3339OrNull(status.lastSessionEndsAt),
      webhook_secrets: status.webhooks,
      kept_answers: status.answers,
      may_drop_previous: status.mayDropPrevious,
    };
    return c.json(body, 200, NO_STORE);
  });
}

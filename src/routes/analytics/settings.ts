import { createRoute, z } from "@hono/zod-openapi";
import {
  type AnalyticsSettings,
  changeSettings,
  getSettings,
  RETENTION_DAYS,
} from "../../services/analytics/settings.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, problems } from "../openapi.ts";
import { NO_STORE, orgParam } from "../orgs/schemas.ts";

const settings = {
  time_zone: z.string().max(64).openapi({
    description:
      "A zone of the IANA database: what the dashboard's days are counted in where a request names none",
    example: "Europe/Berlin",
  }),
  retention_days: z.int().min(RETENTION_DAYS.min).max(RETENTION_DAYS.max).openapi({
    description: "Events older than this are forgotten; what they counted for stays",
    example: 400,
  }),
};

const SettingsSchema = z.object(settings).openapi("AnalyticsSettings");

const SettingsPatchSchema = z
  .strictObject({
    time_zone: settings.time_zone.optional(),
    retention_days: settings.retention_days.optional(),
  })
  .openapi("AnalyticsSettingsPatch");

const path = "/v1/orgs/{org}/analytics-settings";
const params = z.object({ org: orgParam });

export const getRoute = createRoute({
  method: "get",
  path,
  operationId: "getAnalyticsSettings",
  tags: ["Analytics"],
  summary: "How an organisation's events are counted and kept",
  ...needs("stats:read"),
  ...budget(),
  request: { params },
  responses: { 200: jsonBody(SettingsSchema, "The settings"), ...problems(400, 403, 404, 503) },
});

export const patchRoute = createRoute({
  method: "patch",
  path,
  operationId: "patchAnalyticsSettings",
  tags: ["Analytics"],
  summary: "Change how an organisation's events are counted and kept",
  description:
    "What is left out stays. Fewer days of retention forget the older events within hours, for good.",
  ...needs("org:write"),
  ...budget(),
  request: { params, body: jsonInput(SettingsPatchSchema) },
  responses: {
    200: jsonBody(SettingsSchema, "The settings as they are now"),
    ...problems(400, 403, 404, 413, 415, 422, 503),
  },
});

function wireOf({ timeZone, retentionDays }: AnalyticsSettings) {
  return { time_zone: timeZone, retention_days: retentionDays };
}

export function registerSettings(app: App): void {
  app.openapi(getRoute, async (c) =>
    c.json(wireOf(await getSettings(ctxOf(c), c.req.valid("param").org)), 200, NO_STORE),
  );
  app.openapi(patchRoute, async (c) => {
    const { time_zone: timeZone, retention_days: retentionDays } = c.req.valid("json");
    const changes = { timeZone, retentionDays };
    return c.json(wireOf(await changeSettings(ctxOf(c), c.req.valid("param").org, changes)), 200, NO_STORE);
  });
}

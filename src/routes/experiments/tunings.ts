import { createRoute, z } from "@hono/zod-openapi";
import { rfc3339OrNull } from "../../domain/time.ts";
import { listSettings, putSetting } from "../../services/experiments/tunings.ts";
import type { Setting } from "../../services/experiments/tunings.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, OPERATOR_ONLY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { ofOrg, parameter, ParameterValueSchema } from "./schemas.ts";

const SettingSchema = z
  .object({
    parameter,
    value: ParameterValueSchema,
    from: z.enum(["own", "deployment", "standard"]).openapi({ description: "Who has set it" }),
    updated_at: z.iso.datetime().nullable(),
  })
  .openapi("Setting");

const SettingsSchema = z.object({ items: z.array(SettingSchema) }).openapi("Settings");

const NewSettingSchema = z
  .strictObject({
    parameter,
    value: ParameterValueSchema.nullable().openapi({ description: "null gives it back" }),
  })
  .openapi("NewSetting", {
    example: {
      parameter: "ranking",
      value: { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 1 },
    },
  });

const read = { 200: jsonBody(SettingsSchema, "Every parameter"), ...problems(403, 404, 503) };
const written = {
  200: jsonBody(SettingsSchema, "Every parameter"),
  ...problems(400, 403, 404, 409, 413, 415, 422, 503),
};
const body = jsonInput(NewSettingSchema);
const WRITE_HELP = "Answers follow within seconds. Refused while an experiment runs on the parameter.";

export const listOfDeployment = createRoute({
  method: "get",
  path: "/v1/admin/settings",
  operationId: "listDeploymentSettings",
  tags: ["Operations"],
  summary: "What is set for the deployment",
  ...OPERATOR_ONLY,
  ...budget(),
  responses: read,
});

export const putOfDeployment = createRoute({
  method: "put",
  path: "/v1/admin/settings",
  operationId: "putDeploymentSetting",
  tags: ["Operations"],
  summary: "Set a parameter for the deployment",
  description: WRITE_HELP,
  ...OPERATOR_ONLY,
  ...budget(),
  request: { body },
  responses: written,
});

export const listOfOrg = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/search-settings",
  operationId: "listSearchSettings",
  tags: ["Experiments"],
  summary: "What is set for an organisation's own search",
  ...needs("stats:read"),
  ...budget(),
  request: { params: ofOrg },
  responses: read,
});

export const putOfOrg = createRoute({
  method: "put",
  path: "/v1/orgs/{org}/search-settings",
  operationId: "putSearchSetting",
  tags: ["Experiments"],
  summary: "Set a parameter of an organisation's own search",
  description: WRITE_HELP,
  ...needs("experiments:write"),
  ...budget(),
  request: { params: ofOrg, body },
  responses: written,
});

function wire(settings: readonly Setting[]) {
  const items = settings.map(({ updatedAt, ...setting }) => ({
    ...setting,
    updated_at: rfc3339OrNull(updatedAt),
  }));
  return { items };
}

export function registerTunings(app: App): void {
  app.openapi(listOfDeployment, async (c) => c.json(wire(await listSettings(ctxOf(c), null)), 200, NO_STORE));
  app.openapi(listOfOrg, async (c) =>
    c.json(wire(await listSettings(ctxOf(c), c.req.valid("param").org)), 200, NO_STORE),
  );
  app.openapi(putOfDeployment, async (c) => {
    const settings = await putSetting(ctxOf(c), { owner: null, ...c.req.valid("json") });
    return c.json(wire(settings), 200, NO_STORE);
  });
  app.openapi(putOfOrg, async (c) => {
    const settings = await putSetting(ctxOf(c), { owner: c.req.valid("param").org, ...c.req.valid("json") });
    return c.json(wire(settings), 200, NO_STORE);
  });
}

import { createRoute } from "@hono/zod-openapi";
import { updateExperiment } from "../../services/experiments/experiments.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, OPERATOR_ONLY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import {
  ExperimentSchema,
  ExperimentUpdateSchema,
  experimentWire,
  oneOfDeployment,
  oneOfOrg,
} from "./schemas.ts";

const description =
  "What decides on the split or the count cannot be changed under way: end it and start another.";
const body = jsonInput(ExperimentUpdateSchema);
const responses = {
  200: jsonBody(ExperimentSchema, "The experiment"),
  ...problems(400, 403, 404, 413, 415, 422, 503),
};

export const ofDeployment = createRoute({
  method: "patch",
  path: "/v1/admin/experiments/{name}",
  operationId: "updateDeploymentExperiment",
  tags: ["Operations"],
  summary: "Describe one of the deployment's experiments otherwise",
  description,
  ...OPERATOR_ONLY,
  ...budget(),
  request: { params: oneOfDeployment, body },
  responses,
});

export const ofOrganisation = createRoute({
  method: "patch",
  path: "/v1/orgs/{org}/experiments/{name}",
  operationId: "updateExperiment",
  tags: ["Experiments"],
  summary: "Describe an experiment otherwise",
  description,
  ...needs("experiments:write"),
  ...budget(),
  request: { params: oneOfOrg, body },
  responses,
});

export function registerUpdateExperiment(app: App): void {
  app.openapi(ofDeployment, async (c) => {
    const input = { owner: null, ...c.req.valid("param"), ...c.req.valid("json") };
    return c.json(experimentWire(await updateExperiment(ctxOf(c), input)), 200, NO_STORE);
  });
  app.openapi(ofOrganisation, async (c) => {
    const { org, name } = c.req.valid("param");
    const input = { owner: org, name, ...c.req.valid("json") };
    return c.json(experimentWire(await updateExperiment(ctxOf(c), input)), 200, NO_STORE);
  });
}

import { createRoute } from "@hono/zod-openapi";
import { endExperiment } from "../../services/experiments/experiments.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, OPERATOR_ONLY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { DecisionSchema, ExperimentSchema, experimentWire, oneOfDeployment, oneOfOrg } from "./schemas.ts";

const description =
  "One change: the treatment becomes the setting for all, or the control goes on as it was. Nothing is counted any more; its " +
  "last reading stays.";
const body = jsonInput(DecisionSchema);
const responses = {
  200: jsonBody(ExperimentSchema, "It has ended"),
  ...problems(400, 403, 404, 409, 413, 415, 422, 503),
};

export const ofDeployment = createRoute({
  method: "post",
  path: "/v1/admin/experiments/{name}/end",
  operationId: "endDeploymentExperiment",
  tags: ["Operations"],
  summary: "End one of the deployment's experiments",
  description,
  ...OPERATOR_ONLY,
  ...budget(),
  request: { params: oneOfDeployment, body },
  responses,
});

export const ofOrganisation = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/experiments/{name}/end",
  operationId: "endExperiment",
  tags: ["Experiments"],
  summary: "End an experiment",
  description,
  ...needs("experiments:write"),
  ...budget(),
  request: { params: oneOfOrg, body },
  responses,
});

export function registerEndExperiment(app: App): void {
  app.openapi(ofDeployment, async (c) => {
    const input = { owner: null, ...c.req.valid("param"), ...c.req.valid("json") };
    return c.json(experimentWire(await endExperiment(ctxOf(c), input)), 200, NO_STORE);
  });
  app.openapi(ofOrganisation, async (c) => {
    const { org, name } = c.req.valid("param");
    const input = { owner: org, name, ...c.req.valid("json") };
    return c.json(experimentWire(await endExperiment(ctxOf(c), input)), 200, NO_STORE);
  });
}

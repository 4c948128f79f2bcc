import { createRoute } from "@hono/zod-openapi";
import { getExperiment } from "../../services/experiments/experiments.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, needs, OPERATOR_ONLY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { ExperimentSchema, experimentWire, oneOfDeployment, oneOfOrg } from "./schemas.ts";

const responses = {
  200: jsonBody(ExperimentSchema, "The experiment and how it stands, or stood when it ended"),
  ...problems(400, 403, 404, 503),
};

export const ofDeployment = createRoute({
  method: "get",
  path: "/v1/admin/experiments/{name}",
  operationId: "getDeploymentExperiment",
  tags: ["Operations"],
  summary: "One of the deployment's experiments",
  ...OPERATOR_ONLY,
  ...budget(),
  request: { params: oneOfDeployment },
  responses,
});

export const ofOrganisation = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/experiments/{name}",
  operationId: "getExperiment",
  tags: ["Experiments"],
  summary: "One of an organisation's experiments",
  ...needs("stats:read"),
  ...budget(),
  request: { params: oneOfOrg },
  responses,
});

export function registerGetExperiment(app: App): void {
  app.openapi(ofDeployment, async (c) => {
    const experiment = await getExperiment(ctxOf(c), { owner: null, ...c.req.valid("param") });
    return c.json(experimentWire(experiment), 200, NO_STORE);
  });
  app.openapi(ofOrganisation, async (c) => {
    const { org, name } = c.req.valid("param");
    return c.json(experimentWire(await getExperiment(ctxOf(c), { owner: org, name })), 200, NO_STORE);
  });
}

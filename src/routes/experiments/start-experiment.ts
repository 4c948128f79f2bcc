import { createRoute } from "@hono/zod-openapi";
import { startExperiment } from "../../services/experiments/experiments.ts";
import { budget } from "../budget.ts";
import { type App, ctxOf, jsonBody, jsonInput, needs, OPERATOR_ONLY, problems } from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { ExperimentSchema, experimentWire, NewExperimentSchema, ofOrg } from "./schemas.ts";

const HELP =
  "Answers follow within seconds. Who gets which arm is decided by a digest of the experiment's own salt and the unit, the same " +
  "for as long as it runs. One experiment at a time for each parameter; experiments on different parameters do not know of each other.";

const body = jsonInput(NewExperimentSchema);
const responses = {
  201: jsonBody(ExperimentSchema, "It runs"),
  ...problems(400, 403, 404, 409, 413, 415, 422, 503),
};

export const ofDeployment = createRoute({
  method: "post",
  path: "/v1/admin/experiments",
  operationId: "startDeploymentExperiment",
  tags: ["Operations"],
  summary: "Start an experiment of the whole deployment",
  description: `${HELP} An organisation's own experiments and settings come first in its own search.`,
  ...OPERATOR_ONLY,
  ...budget(),
  request: { body },
  responses,
});

export const ofOrganisation = createRoute({
  method: "post",
  path: "/v1/orgs/{org}/experiments",
  operationId: "startExperiment",
  tags: ["Experiments"],
  summary: "Start an experiment of an organisation",
  description: `On its own search alone: \`GET /v1/search\` with the filter \`org:\` and its id. ${HELP} \`ranking\` and \`search_page_size\` can be tried.`,
  ...needs("experiments:write"),
  ...budget(),
  request: { params: ofOrg, body },
  responses,
});

export function registerStartExperiment(app: App): void {
  app.openapi(ofDeployment, async (c) => {
    const experiment = await startExperiment(ctxOf(c), { owner: null, ...c.req.valid("json") });
    const headers = { ...NO_STORE, Location: `/v1/admin/experiments/${experiment.name}` };
    return c.json(experimentWire(experiment), 201, headers);
  });
  app.openapi(ofOrganisation, async (c) => {
    const { org } = c.req.valid("param");
    const experiment = await startExperiment(ctxOf(c), { owner: org, ...c.req.valid("json") });
    const headers = { ...NO_STORE, Location: `/v1/orgs/${experiment.org}/experiments/${experiment.name}` };
    return c.json(experimentWire(experiment), 201, headers);
  });
}

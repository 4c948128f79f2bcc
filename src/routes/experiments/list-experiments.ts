import { createRoute, z } from "@hono/zod-openapi";
import { EXPERIMENT_STATES } from "../../domain/experiment.ts";
import { listExperiments } from "../../services/experiments/experiments.ts";
import type { Experiment } from "../../services/experiments/experiments.ts";
import type { Page } from "../../services/id-pages.ts";
import { linkNext } from "../middleware/next-link.ts";
import { budget } from "../budget.ts";
import {
  type App,
  ctxOf,
  cursorParam,
  jsonBody,
  limitParam,
  needs,
  OPERATOR_ONLY,
  problems,
} from "../openapi.ts";
import { NO_STORE } from "../orgs/schemas.ts";
import { ExperimentListSchema, experimentWire, ofOrg } from "./schemas.ts";

const state = z.enum(EXPERIMENT_STATES).optional().openapi({ description: "Only these; all by default" });
const query = z.object({ state, limit: limitParam(), cursor: cursorParam });
const responses = {
  200: jsonBody(ExperimentListSchema, "Experiments by name, those that run and those that ended"),
  ...problems(400, 403, 404, 503),
};

export const ofDeployment = createRoute({
  method: "get",
  path: "/v1/admin/experiments",
  operationId: "listDeploymentExperiments",
  tags: ["Operations"],
  summary: "The deployment's experiments and how they stand",
  description: "Those of organisations are theirs alone to read.",
  ...OPERATOR_ONLY,
  ...budget(),
  request: { query },
  responses,
});

export const ofOrganisation = createRoute({
  method: "get",
  path: "/v1/orgs/{org}/experiments",
  operationId: "listExperiments",
  tags: ["Experiments"],
  summary: "An organisation's experiments and how they stand",
  ...needs("stats:read"),
  ...budget(),
  request: { params: ofOrg, query },
  responses,
});

function wire({ items, nextCursor }: Page<Experiment>) {
  return { items: items.map(experimentWire), next_cursor: nextCursor };
}

export function registerListExperiments(app: App): void {
  app.openapi(ofDeployment, async (c) => {
    const { limit, cursor = null, state: wanted = null } = c.req.valid("query");
    const of = { owner: null, state: wanted };
    const page = await listExperiments(ctxOf(c), of, { limit, cursor });
    linkNext(c, page.nextCursor);
    return c.json(wire(page), 200, NO_STORE);
  });
  app.openapi(ofOrganisation, async (c) => {
    const { limit, cursor = null, state: wanted = null } = c.req.valid("query");
    const of = { owner: c.req.valid("param").org, state: wanted };
    const page = await listExperiments(ctxOf(c), of, { limit, cursor });
    linkNext(c, page.nextCursor);
    return c.json(wire(page), 200, NO_STORE);
  });
}

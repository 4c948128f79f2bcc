import { parseOpsQuery } from "../../../web/ops/query.ts";
import { OpsPage } from "../../../web/pages/ops-page.tsx";
import type { App } from "../../openapi.ts";
import { doneOf } from "../account/addresses.ts";
import { answerPassingPage } from "../html.tsx";
import { operatorCtx, operatorOnly } from "./guard.ts";
import { readOps } from "./state.ts";

const DONE = {
  redriven: "The job is on its way again.",
  gone: "That dead letter does not wait any more.",
  "redriven-all": "All of them are on their way again.",
  "redriven-some": "The newest 100 are on their way again. Redrive the others as well.",
  ended: "The experiment has ended.",
  "ended-before": "That experiment had ended before, or there is none of that name.",
} as const;

/** `/ops`, and what its island asks for over and over: the same state as JSON, under the same cookie. */
export function registerOpsPage(app: App): void {
  app.use("/ops", operatorOnly);
  app.use("/ops/live", operatorOnly);
  app.get("/ops", async (c) => {
    const state = await readOps(operatorCtx(c), parseOpsQuery(new URL(c.req.url).searchParams));
    return answerPassingPage(c, <OpsPage state={state} done={doneOf(c, DONE)} />);
  });
  app.get("/ops/live", async (c) => {
    const state = await readOps(operatorCtx(c), parseOpsQuery(new URL(c.req.url).searchParams));
    return c.json(state);
  });
}

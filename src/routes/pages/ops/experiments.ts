import { ARMS } from "../../../domain/experiment.ts";
import { AppError } from "../../../domain/errors.ts";
import { endExperiment } from "../../../services/experiments/experiments.ts";
import type { App } from "../../openapi.ts";
import { readForm, textOf } from "../account/form.ts";
import { operatorCtx, operatorOnly } from "./guard.ts";

/** What is no fault of who pressed: somebody else has ended it meanwhile. */
const OVERTAKEN = new Set(["conflict", "not_found"]);

/** `/ops/experiments`: ends one of the deployment's, by the page's form. */
export function registerOpsExperiments(app: App): void {
  app.use("/ops/experiments", operatorOnly);
  app.post("/ops/experiments", async (c) => {
    const form = await readForm(c);
    const decision = ARMS.find((arm) => arm === textOf(form, "decision"));
    if (decision === undefined)
      throw new AppError(
        "invalid_input",
        `Expected one of ${ARMS.join(", ")}, got "${textOf(form, "decision")}"`,
      );
    const ended = { owner: null, name: textOf(form, "name"), decision };
    const done = await endExperiment(operatorCtx(c), ended).then(
      () => "ended",
      (error: unknown) => {
        if (error instanceof AppError && OVERTAKEN.has(error.code)) return "ended-before";
        throw error;
      },
    );
    return c.redirect(`/ops?done=${done}#told`, 303);
  });
}

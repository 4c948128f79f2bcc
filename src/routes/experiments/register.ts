import type { App } from "../openapi.ts";
import { registerEndExperiment } from "./end-experiment.ts";
import { registerGetExperiment } from "./get-experiment.ts";
import { registerListExperiments } from "./list-experiments.ts";
import { registerRecordClick } from "./record-click.ts";
import { registerStartExperiment } from "./start-experiment.ts";
import { registerTunings } from "./tunings.ts";
import { registerUpdateExperiment } from "./update-experiment.ts";

export function registerExperimentRoutes(app: App): void {
  registerListExperiments(app);
  registerStartExperiment(app);
  registerGetExperiment(app);
  registerUpdateExperiment(app);
  registerEndExperiment(app);
  registerTunings(app);
  registerRecordClick(app);
}

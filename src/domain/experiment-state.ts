import type { Parameter, ParameterValue, RunningExperiment } from "./experiment.ts";

/** An answer that one unit got of an experiment, on its way to be counted. */
export interface Exposure {
  experiment: number;
  unit: string;
  /** Index in ARMS. */
  arm: number;
  /** Milliseconds since the epoch. */
  at: number;
  ms: number;
}

/** As the queue takes it. */
export interface CountJob {
  id: string;
  kind: "experiments.count";
  payload: { body: string };
}

/** What holds for one organisation, or for the deployment. */
export interface ScopeSettings {
  running: readonly RunningExperiment[];
  tunings: ReadonlyMap<Parameter, ParameterValue>;
}

/** What an isolate knows of experiments: values only, replaced as a whole where the database has moved on. */
export class ExperimentState {
  version = 0;
  /** Scopes where anything is set or running; most deployments have none. */
  scopes: ReadonlyMap<string, ScopeSettings> = new Map();
  byNumber: ReadonlyMap<number, RunningExperiment> = new Map();
  /** When the database was last asked; minus infinity before the first time. */
  checkedAt = Number.NEGATIVE_INFINITY;
  /** Until when one request is asking. */
  leaseUntil = 0;
  /** What was shown and not yet sent to be counted. */
  pending: Exposure[] = [];
  /** What was to be sent and did not reach the queue, or may not have. */
  unsent: CountJob[] = [];
  /** Until when one request has promised to send it. */
  flushUntil = 0;

  get isEmpty(): boolean {
    return this.scopes.size === 0;
  }

  adopt(
    version: number,
    running: readonly RunningExperiment[],
    scopes: ReadonlyMap<string, ScopeSettings>,
  ): void {
    this.version = version;
    this.scopes = scopes;
    this.byNumber = new Map(running.map((experiment) => [experiment.number, experiment]));
  }
}

import type { ExperimentState, ScopeSettings } from "../../domain/experiment-state.ts";
import { isValueOf, PARAMETERS } from "../../domain/experiment.ts";
import type { Parameter, ParameterValue, RunningExperiment } from "../../domain/experiment.ts";

/** As `experimentsQuery` brings it; of any shape, since another version may have written the rows. */
export interface ExperimentsRow {
  version: number;
  value: unknown;
}

/** Takes over what the database has. What is of no known shape is left out: its parameter stays as it is set otherwise. */
export function adoptExperiments(state: ExperimentState, row: ExperimentsRow | null): void {
  if (row === null) return;
  const value = fieldsOf(typeof row.value === "string" ? JSON.parse(row.value) : row.value);
  const running = listOf(value.running).flatMap(readExperiment);
  const scopes = new Map<string, { running: RunningExperiment[]; tunings: Map<Parameter, ParameterValue> }>();
  const scopeOf = (name: string) => {
    const known = scopes.get(name) ?? { running: [], tunings: new Map<Parameter, ParameterValue>() };
    scopes.set(name, known);
    return known;
  };
  for (const experiment of running) scopeOf(experiment.scope).running.push(experiment);
  for (const tuning of listOf(value.tunings)) {
    const { scope, parameter: name, value: given } = fieldsOf(tuning);
    const parameter = PARAMETERS.find((one) => one === name);
    if (typeof scope !== "string" || parameter === undefined || !isValueOf(parameter, given)) continue;
    scopeOf(scope).tunings.set(parameter, given);
  }
  state.adopt(row.version, running, scopes satisfies ReadonlyMap<string, ScopeSettings>);
}

function readExperiment(row: unknown): RunningExperiment[] {
  const {
    number,
    scope,
    name,
    parameter: given,
    control,
    treatment,
    unit,
    share,
    salt,
    outcome,
    startedAt,
  } = fieldsOf(row);
  const parameter = PARAMETERS.find((one) => one === given);
  if (parameter === undefined || !isValueOf(parameter, control) || !isValueOf(parameter, treatment))
    return [];
  if (typeof number !== "number" || typeof share !== "number" || typeof startedAt !== "number") return [];
  if (unit !== "user" && unit !== "query") return [];
  if (!isText(scope) || !isText(name) || !isText(salt) || !isText(outcome)) return [];
  return [{ number, scope, name, parameter, control, treatment, unit, share, salt, outcome, startedAt }];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import type { Ctx } from "../../deps.ts";
import { assign, querySubject } from "../../domain/experiment-assignment.ts";
import type { Exposure } from "../../domain/experiment-state.ts";
import { ARMS, DEPLOYMENT, valueText } from "../../domain/experiment.ts";
import type { Parameter, ParameterValues, RunningExperiment } from "../../domain/experiment.ts";
import { subjectOf, takesPart } from "./visit.ts";
import type { Visit } from "./visit.ts";

/** What an answer is about, and which parameters decide on it. */
export interface Subject {
  /** Whose own search it is; `null` where it is everybody's. */
  org: string | null;
  /** What is asked; `null` where nothing is. */
  query: string | null;
  parameters: readonly Parameter[];
}

/** What holds for one answer. */
export interface Resolved {
  /** What is not as `STANDARD` has it, or is tried. */
  values: Readonly<Partial<ParameterValues>>;
  /** Of the values, for keys of caches and entity tags: answers of other values are other answers. Empty without any. */
  key: string;
  /** The experiments that the answer is of, still without their latency. */
  exposures: readonly Omit<Exposure, "ms">[];
}

export const NOTHING_SET: Resolved = { values: {}, key: "", exposures: [] };

export type ResolveCtx = Ctx<"isolate" | "config" | "clock">;

/**
 * The values of the parameters for this answer, without I/O. An organisation's own come first, and only for its own search;
 * then the deployment's; of each, a running experiment's before what is set for good.
 */
export function resolve(ctx: ResolveCtx, subject: Subject, visit: Visit | null): Resolved {
  const state = ctx.isolate.experiments;
  if (state.isEmpty || subject.parameters.length === 0) return NOTHING_SET;
  const scopes = [subject.org, DEPLOYMENT].flatMap((name) => (name && state.scopes.get(name)) || []);
  if (scopes.length === 0) return NOTHING_SET;
  const values: Partial<Record<Parameter, unknown>> = {};
  const exposures: Omit<Exposure, "ms">[] = [];
  for (const parameter of subject.parameters) {
    for (const { running, tunings } of scopes) {
      const experiment = running.find((one) => one.parameter === parameter);
      const exposure = experiment === undefined ? null : exposureOf(ctx, experiment, subject, visit);
      if (experiment !== undefined && exposure !== null) {
        values[parameter] = experiment[ARMS[exposure.arm]];
        exposures.push(exposure);
        break;
      }
      const tuning = tunings.get(parameter);
      if (tuning === undefined) continue;
      values[parameter] = tuning;
      break;
    }
  }
  // Sound: an experiment's and a tuning's value was checked to be its parameter's when it was read.
  return {
    values: values as Partial<ParameterValues>,
    key: keyOf(values as Partial<ParameterValues>),
    exposures,
  };
}

function keyOf(values: Readonly<Partial<ParameterValues>>): string {
  const names = Object.keys(values) as Parameter[];
  return names
    .flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [valueText(name, value)];
    })
    .join(";");
}

/** Which arm this answer is of; `null` where it is in no experiment. */
function exposureOf(
  ctx: ResolveCtx,
  experiment: RunningExperiment,
  { query }: Subject,
  visit: Visit | null,
): Omit<Exposure, "ms"> | null {
  if (visit === null || !takesPart(visit)) return null;
  const at = ctx.clock.now();
  const { secret } = ctx.config;
  const isQuery = experiment.unit === "query";
  if (isQuery && query === null) return null;
  const subject = isQuery
    ? querySubject(query ?? "")
    : subjectOf({ actor: ctx.actor, secret, now: at }, visit);
  const { unit, arm } = assign(experiment, subject);
  return { experiment: experiment.number, unit, arm: ARMS.indexOf(arm), at };
}

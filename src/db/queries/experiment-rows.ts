import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Arm, ExperimentLifeState, Parameter, ParameterValue, Unit } from "../../domain/experiment.ts";
import type { Database } from "../client.ts";
import { experimentCounts, experimentLatencies, experiments } from "../schema/experiments.ts";

export interface ExperimentRow {
  number: number;
  scope: string;
  name: string;
  description: string;
  parameter: Parameter;
  control: ParameterValue;
  treatment: ParameterValue;
  unit: Unit;
  share: number;
  outcome: string;
  startedAt: number;
  endedAt: number | null;
  decision: Arm | null;
}

const EXPERIMENT = {
  number: experiments.number,
  scope: experiments.scope,
  name: experiments.name,
  description: experiments.description,
  parameter: experiments.parameter,
  control: experiments.control,
  treatment: experiments.treatment,
  unit: experiments.unit,
  share: experiments.share,
  outcome: experiments.outcome,
  startedAt: experiments.startedAt,
  endedAt: experiments.endedAt,
  decision: experiments.decision,
};

/** An arm's sums, as `experiment_counts` has them. */
export interface CountRow {
  experiment: number;
  arm: number;
  units: number;
  n: number;
  y: number;
  t: number;
  nn: number;
  yy: number;
  ny: number;
  tt: number;
  nt: number;
}

export interface LatencyRow {
  experiment: number;
  arm: number;
  bucket: number;
  exposures: number;
}

export interface CountedExperiments {
  rows: ExperimentRow[];
  counts: CountRow[];
  latencies: LatencyRow[];
}

export interface ExperimentKey {
  scope: string;
  name: string;
}

export function rowQuery(db: Database, { scope, name }: ExperimentKey, condition?: SQL) {
  return db.orm
    .select(EXPERIMENT)
    .from(experiments)
    .where(and(eq(experiments.scope, scope), eq(experiments.name, name), condition));
}

export interface ExperimentPage {
  scope: string;
  /** `null` for all. */
  state: ExperimentLifeState | null;
  after: string | null;
  limit: number;
}

/** Experiments of a scope by name, with what was counted of them. One round trip. */
export async function listExperiments(
  db: Database,
  { scope, state, after, limit }: ExperimentPage,
): Promise<CountedExperiments> {
  const { endedAt } = experiments;
  const inState = state === null ? undefined : state === "running" ? isNull(endedAt) : isNotNull(endedAt);
  const page = and(eq(experiments.scope, scope), gt(experiments.name, after ?? ""), inState);
  const numbers = db.orm
    .select({ number: experiments.number })
    .from(experiments)
    .where(page)
    .orderBy(asc(experiments.name))
    .limit(limit);
  const [rows, counts, latencies] = await db.orm.batch([
    db.orm.select(EXPERIMENT).from(experiments).where(page).orderBy(asc(experiments.name)).limit(limit),
    countsQuery(db, sql`${numbers}`),
    latenciesQuery(db, sql`${numbers}`),
  ]);
  return { rows, counts, latencies };
}

export async function findExperiment(db: Database, key: ExperimentKey): Promise<CountedExperiments> {
  const numbers = numberOf(key);
  const [rows, counts, latencies] = await db.orm.batch([
    rowQuery(db, key),
    countsQuery(db, numbers),
    latenciesQuery(db, numbers),
  ]);
  return { rows, counts, latencies };
}

export function numberOf({ scope, name }: ExperimentKey): SQL {
  return sql`(SELECT number FROM ${experiments} WHERE scope = ${scope} AND name = ${name})`;
}

export function countsQuery(db: Database, numbers: SQL) {
  return db.orm
    .select()
    .from(experimentCounts)
    .where(sql`${experimentCounts.experiment} IN ${numbers}`);
}

export function latenciesQuery(db: Database, numbers: SQL) {
  const { experiment, arm, bucket } = experimentLatencies;
  return db.orm
    .select()
    .from(experimentLatencies)
    .where(sql`${experiment} IN ${numbers}`)
    .orderBy(asc(experiment), asc(arm), asc(bucket));
}

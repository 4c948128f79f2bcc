import { and, eq, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { DEPLOYMENT, MOST_RUNNING, MOST_SET, STANDARD } from "../../domain/experiment.ts";
import type { Arm, Parameter, ParameterValue, Unit } from "../../domain/experiment.ts";
import type { Database } from "../client.ts";
import { experiments, tunings } from "../schema/experiments.ts";
import { organisations } from "../schema/orgs.ts";
import { auditStatement } from "./audit.ts";
import type { AuditLine } from "./audit.ts";
import { moveExperimentsOn } from "./experiment-config.ts";
import { countsQuery, latenciesQuery, numberOf, rowQuery } from "./experiment-rows.ts";
import type { CountedExperiments, ExperimentKey, ExperimentRow } from "./experiment-rows.ts";
import { standingQuery, stillAllowed } from "./standing.ts";
import type { Asker, Standing } from "./standing.ts";

export interface NewExperiment {
  scope: string;
  name: string;
  description: string;
  parameter: Parameter;
  /** `null` for the present setting. */
  control: ParameterValue | null;
  treatment: ParameterValue;
  unit: Unit;
  share: number;
  outcome: string;
  salt: string;
  startedAt: number;
}

/** Who writes, and the line of it. */
export interface ByWhom {
  asker: Asker;
  audit: AuditLine;
}

/** For the statement right after the write that it tells of. */
export function auditOf(db: Database, scope: string, audit: AuditLine) {
  return auditStatement(db, scope === DEPLOYMENT ? null : scope, audit);
}

/** What runs, and what is set or would be by an end, of organisations. */
const RUNNING = sql`(SELECT count(*) FROM ${experiments} WHERE ended_at IS NULL AND scope <> ${DEPLOYMENT})`;
const SET = sql`(SELECT count(*) FROM ${tunings} WHERE scope <> ${DEPLOYMENT})`;

/** Whether one more of `scope` may be set: so that an experiment can always end, those that run count as well. */
export function hasRoomToSet(scope: string): SQL {
  return scope === DEPLOYMENT ? sql`true` : sql`${RUNNING} + ${SET} < ${MOST_SET}`;
}

function hasRoomToRun(scope: string): SQL {
  return scope === DEPLOYMENT ? sql`true` : sql`(${RUNNING} < ${MOST_RUNNING} AND ${hasRoomToSet(scope)})`;
}

/** Whether the asker may write what is of `scope`; the deployment's is the operator's. */
export function mayWrite(scope: string, asker: Asker): SQL {
  return scope === DEPLOYMENT
    ? sql`true`
    : sql`EXISTS (SELECT 1 FROM ${organisations} WHERE id = ${scope} AND ${stillAllowed(asker, sql`organisations.id`)})`;
}

/** What holds for a scope without an experiment. */
function settingOf(scope: string, parameter: Parameter): SQL {
  const of = (name: string) =>
    sql`(SELECT value FROM ${tunings} WHERE scope = ${name} AND parameter = ${parameter})`;
  return sql`coalesce(${of(scope)}, ${of(DEPLOYMENT)}, ${JSON.stringify(STANDARD[parameter])})`;
}

export interface Inserted {
  before: Standing | undefined;
  /** Experiments in its way: of its name, or running on its parameter. */
  others: { name: string; endedAt: number | null }[];
  /** Whether there was room for it. */
  hasRoom: boolean;
  inserted: ExperimentRow | null;
}

/** Starts it, where nothing is in its way and its treatment is not what holds anyway. One round trip. */
export async function insertExperiment(
  db: Database,
  row: NewExperiment,
  { asker, audit }: ByWhom,
): Promise<Inserted> {
  const { scope, name, parameter } = row;
  const treatment = JSON.stringify(row.treatment);
  const control = row.control === null ? settingOf(scope, parameter) : sql`${JSON.stringify(row.control)}`;
  const others = db.orm
    .select({ name: experiments.name, endedAt: experiments.endedAt })
    .from(experiments)
    .where(
      sql`${experiments.scope} = ${scope} AND (${experiments.name} = ${name}
        OR (${experiments.parameter} = ${parameter} AND ${experiments.endedAt} IS NULL))`,
    );
  const insert = db.orm.all<{ number: number }>(sql`INSERT INTO ${experiments}
      (scope, name, description, parameter, control, treatment, unit, share, outcome, salt, started_at)
    SELECT ${scope}, ${name}, ${row.description}, ${parameter}, ${control}, ${treatment}, ${row.unit}, ${row.share},
      ${row.outcome}, ${row.salt}, ${row.startedAt}
    WHERE ${control} <> ${treatment} AND ${mayWrite(scope, asker)} AND ${hasRoomToRun(scope)}
    ON CONFLICT DO NOTHING RETURNING number`);
  const [[before], found, [room], , , inserted] = await db.orm.batch([
    standingQuery(db, scope, asker),
    others,
    db.orm.all<{ hasRoom: number }>(sql`SELECT ${hasRoomToRun(scope)} AS hasRoom`),
    insert,
    auditOf(db, scope, audit),
    rowQuery(db, { scope, name }, sql`${experiments.salt} = ${row.salt}`),
    moveExperimentsOn(db, row.startedAt),
  ]);
  return { before, others: found, hasRoom: room?.hasRoom === 1, inserted: inserted[0] ?? null };
}

/** What a write found, and how the experiment stands after it. */
export interface Written extends CountedExperiments {
  before: Standing | undefined;
  /** Whether this write did it. */
  isWritten: boolean;
}

/** One round trip. */
export async function describeExperiment(
  db: Database,
  key: ExperimentKey,
  { asker, audit, description }: ByWhom & { description: string },
): Promise<Written> {
  const { scope, name } = key;
  const [[before], written, , rows, counts, latencies] = await db.orm.batch([
    standingQuery(db, scope, asker),
    db.orm
      .update(experiments)
      .set({ description })
      .where(and(eq(experiments.scope, scope), eq(experiments.name, name), mayWrite(scope, asker)))
      .returning({ number: experiments.number }),
    auditOf(db, scope, audit),
    rowQuery(db, key),
    countsQuery(db, numberOf(key)),
    latenciesQuery(db, numberOf(key)),
  ]);
  return { before, isWritten: written.length > 0, rows, counts, latencies };
}

/**
 * Ends it: nothing more is counted. Where the treatment won, it becomes the scope's setting in the same write. A second end
 * changes nothing. One round trip.
 */
export async function endExperiment(
  db: Database,
  key: ExperimentKey,
  { asker, audit, decision, now }: ByWhom & { decision: Arm; now: number },
): Promise<Written> {
  const { scope, name } = key;
  const running = and(
    eq(experiments.scope, scope),
    eq(experiments.name, name),
    isNull(experiments.endedAt),
    mayWrite(scope, asker),
  );
  const tune = sql`INSERT INTO ${tunings} (scope, parameter, value, updated_at)
    SELECT scope, parameter, treatment, ${now} FROM ${experiments} WHERE ${running} AND ${decision} = 'treatment'
    ON CONFLICT (scope, parameter) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;
  const end = db.orm
    .update(experiments)
    .set({ endedAt: now, decision })
    .where(running)
    .returning({ number: experiments.number });
  const [[before], , written, , , rows, counts, latencies] = await db.orm.batch([
    standingQuery(db, scope, asker),
    db.orm.run(tune),
    end,
    auditOf(db, scope, audit),
    moveExperimentsOn(db, now),
    rowQuery(db, key),
    countsQuery(db, numberOf(key)),
    latenciesQuery(db, numberOf(key)),
  ]);
  return { before, isWritten: written.length > 0, rows, counts, latencies };
}

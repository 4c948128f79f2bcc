import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import {
  experimentCounts,
  experimentFolds,
  experimentLatencies,
  experimentOutcomes,
  experiments,
  experimentUnits,
} from "../schema/experiments.ts";

export interface CountArgs {
  /** The job's id: one that was counted counts nothing. */
  job: string;
  /** As `countJob` writes it. */
  body: string;
  now: number;
}

// Every statement is cheap SQL over what the ones before it left in the same transaction. `CROSS JOIN` fixes the order of the
// loops. What came after its experiment had ended is passed over.

const RUNNING = sql`(SELECT number FROM ${experiments} WHERE ended_at IS NULL)`;

function isNew(job: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${experimentFolds} WHERE job = ${job} AND is_counted = 0)`;
}

/**
 * Counts a job's exposures and outcomes; all of it or nothing, in one round trip. Outcomes are a set, and the times of a unit are
 * the least and the greatest, so that what comes twice or late changes nothing or the right thing.
 */
export async function countExposures(db: Database, args: CountArgs): Promise<void> {
  const run = (statement: SQL) => db.orm.run(statement);
  await db.orm.batch([
    run(beginFold(args)),
    run(addToCounts(args, -1)),
    run(addExposures(args)),
    run(addLatencies(args)),
    run(addOutcomeTimes(args)),
    run(addAnswers(args)),
    run(countAnswers(args)),
    run(addToCounts(args, 1)),
    run(endFold(args)),
  ]);
}

function beginFold({ job, now }: CountArgs): SQL {
  return sql`INSERT INTO ${experimentFolds} (job, is_counted, folded_at) VALUES (${job}, 0, ${now}) ON CONFLICT DO NOTHING`;
}

function endFold({ job }: CountArgs): SQL {
  return sql`UPDATE ${experimentFolds} SET is_counted = 1 WHERE job = ${job}`;
}

/** The units that the job touches, each once. */
function touched(body: string): SQL {
  return sql`(SELECT value ->> 0 AS experiment, value ->> 1 AS unit FROM json_each(${body}, '$.e')
    UNION SELECT value ->> 0, value ->> 1 FROM json_each(${body}, '$.o'))`;
}

const COLUMNS = ["units", "n", "y", "t", "nn", "yy", "ny", "tt", "nt"] as const;
const SUMS = sql.raw(COLUMNS.join(", "));

/**
 * What units count for: `y` is whether a user had an outcome after the arm was given first, or of how many answers to a
 * query there was one.
 */
export function contributions(units: SQL): SQL {
  return sql`SELECT u.experiment AS experiment, u.arm AS arm, u.exposures AS n, u.total_ms AS t,
      CASE WHEN x.unit = 'query' THEN u.outcomes ELSE coalesce(u.last_outcome_at >= u.first_at, 0) END AS y
    FROM ${units} AS touched CROSS JOIN ${experimentUnits} AS u ON u.experiment = touched.experiment AND u.unit = touched.unit
    CROSS JOIN ${experiments} AS x ON x.number = u.experiment
    WHERE u.first_at IS NOT NULL AND x.ended_at IS NULL`;
}

/** The sums of what `contributions` gives, by experiment and arm, as `COLUMNS` names them. */
export function summed(from: SQL): SQL {
  return sql`SELECT experiment, arm, count(*) AS units, sum(n) AS n, sum(y) AS y, sum(t) AS t, sum(1.0 * n * n) AS nn,
      sum(1.0 * y * y) AS yy, sum(1.0 * n * y) AS ny, sum(t * t) AS tt, sum(n * t) AS nt
    FROM (${from}) GROUP BY experiment, arm`;
}

/** Takes what the job's units count for out of the sums, to be added again once they have changed. */
function addToCounts({ body }: CountArgs, sign: 1 | -1): SQL {
  const signed = sql.raw(COLUMNS.map((name) => `${sign} * ${name}`).join(", "));
  const added = sql.raw(COLUMNS.map((name) => `${name} = ${name} + excluded.${name}`).join(", "));
  return sql`INSERT INTO ${experimentCounts} (experiment, arm, ${SUMS})
    SELECT experiment, arm, ${signed} FROM (${summed(contributions(touched(body)))}) WHERE true
    ON CONFLICT (experiment, arm) DO UPDATE SET ${added}`;
}

function addExposures({ job, body }: CountArgs): SQL {
  return sql`INSERT INTO ${experimentUnits} (experiment, unit, arm, first_at, exposures, total_ms)
    SELECT value ->> 0 AS experiment, value ->> 1 AS unit, value ->> 2, min(value ->> 3), count(*), sum(value ->> 4)
    FROM json_each(${body}, '$.e') WHERE ${isNew(job)} AND value ->> 0 IN ${RUNNING} GROUP BY experiment, unit
    ON CONFLICT (experiment, unit) DO UPDATE SET first_at = min(coalesce(first_at, excluded.first_at), excluded.first_at),
      exposures = exposures + excluded.exposures, total_ms = total_ms + excluded.total_ms`;
}

function addLatencies({ job, body }: CountArgs): SQL {
  return sql`INSERT INTO ${experimentLatencies} (experiment, arm, bucket, exposures)
    SELECT value ->> 0 AS experiment, value ->> 2 AS arm, value ->> 5 AS bucket, count(*)
    FROM json_each(${body}, '$.e') WHERE ${isNew(job)} AND value ->> 0 IN ${RUNNING} GROUP BY experiment, arm, bucket
    ON CONFLICT (experiment, arm, bucket) DO UPDATE SET exposures = exposures + excluded.exposures`;
}

function addOutcomeTimes({ body }: CountArgs): SQL {
  return sql`INSERT INTO ${experimentUnits} (experiment, unit, arm, last_outcome_at)
    SELECT value ->> 0 AS experiment, value ->> 1 AS unit, value ->> 2, max(value ->> 3)
    FROM json_each(${body}, '$.o') WHERE value ->> 0 IN ${RUNNING} GROUP BY experiment, unit
    ON CONFLICT (experiment, unit) DO UPDATE
      SET last_outcome_at = max(coalesce(last_outcome_at, excluded.last_outcome_at), excluded.last_outcome_at)`;
}

/** Of experiments by query alone: of users it counts whether there was an outcome. */
function addAnswers({ body }: CountArgs): SQL {
  return sql`INSERT INTO ${experimentOutcomes} (experiment, unit, answer)
    SELECT value ->> 0, value ->> 1, value ->> 4 FROM json_each(${body}, '$.o')
    WHERE value ->> 0 IN (SELECT number FROM ${experiments} WHERE ended_at IS NULL AND unit = 'query')
    ON CONFLICT DO NOTHING`;
}

function countAnswers({ body }: CountArgs): SQL {
  return sql`UPDATE ${experimentUnits} SET outcomes = (SELECT count(*) FROM ${experimentOutcomes} AS o
      WHERE o.experiment = ${experimentUnits.experiment} AND o.unit = ${experimentUnits.unit})
    WHERE (experiment, unit) IN (SELECT DISTINCT value ->> 0, value ->> 1 FROM json_each(${body}, '$.o'))
      AND experiment IN (SELECT number FROM ${experiments} WHERE ended_at IS NULL AND unit = 'query')`;
}

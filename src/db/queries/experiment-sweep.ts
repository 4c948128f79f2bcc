import { eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { experimentFolds, experimentOutcomes, experiments, experimentUnits } from "../schema/experiments.ts";

const AT_ONCE = 2_000;

/** Forgets jobs that were counted before, at most 2,000 at a time. */
export async function forgetFolds(db: Database, before: number): Promise<void> {
  await db.orm.run(sql`DELETE FROM ${experimentFolds} WHERE job IN
    (SELECT job FROM ${experimentFolds} WHERE folded_at < ${before} ORDER BY folded_at LIMIT ${AT_ONCE})`);
}

/** Forgets units and answers of experiments that ended before, at most 2,000 of each at a time. One round trip. */
export async function forgetUnits(db: Database, before: number): Promise<void> {
  const ended = sql`(SELECT number FROM ${experiments} WHERE ended_at IS NOT NULL AND ended_at < ${before})`;
  await db.orm.batch([
    db.orm.run(sql`DELETE FROM ${experimentUnits} WHERE (experiment, unit) IN (SELECT u.experiment, u.unit
      FROM ${ended} AS x CROSS JOIN ${experimentUnits} AS u ON u.experiment = x.number LIMIT ${AT_ONCE})`),
    db.orm
      .run(sql`DELETE FROM ${experimentOutcomes} WHERE (experiment, unit, answer) IN (SELECT o.experiment, o.unit, o.answer
      FROM ${ended} AS x CROSS JOIN ${experimentOutcomes} AS o ON o.experiment = x.number LIMIT ${AT_ONCE})`),
  ]);
}

/** What each experiment of an organisation makes digests of people with. */
export function saltsQuery(db: Database, scope: string) {
  return db.orm
    .select({ number: experiments.number, salt: experiments.salt })
    .from(experiments)
    .where(eq(experiments.scope, scope));
}

/** Forgets these units; what they count for stays in the sums. One round trip. */
export async function forgetParticipant(
  db: Database,
  units: readonly (readonly [experiment: number, unit: string])[],
): Promise<void> {
  await db.orm.run(sql`DELETE FROM ${experimentUnits} WHERE (experiment, unit) IN
    (SELECT value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(units)}))`);
}

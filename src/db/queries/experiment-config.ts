import { eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { experiments, tunings } from "../schema/experiments.ts";
import { searchSettings } from "../schema/search.ts";

const EXPERIMENTS = "experiments";

/** For the batch of each write that isolates must hear of. */
export function moveExperimentsOn(db: Database, now: number) {
  return db.orm
    .insert(searchSettings)
    .values({ name: EXPERIMENTS, value: {}, version: 1, updatedAt: now })
    .onConflictDoUpdate({
      target: searchSettings.name,
      set: { version: sql`${searchSettings.version} + 1`, updatedAt: now },
    });
}

const RUNNING = sql`(SELECT json_group_array(json_object('number', number, 'scope', scope, 'name', name,
    'parameter', parameter, 'control', json(control), 'treatment', json(treatment), 'unit', unit, 'share', share,
    'salt', salt, 'outcome', outcome, 'startedAt', started_at)) FROM ${experiments} WHERE ended_at IS NULL)`;
const TUNINGS = sql`(SELECT json_group_array(json_object('scope', scope, 'parameter', parameter, 'value', json(value)))
  FROM ${tunings})`;

/** All that runs and is set, where it has moved on since `known`: for the batch that reads the index's state, too. */
export function experimentsQuery(db: Database, known: number) {
  return db.orm
    .select({
      version: searchSettings.version,
      value: sql<string>`json_object('running', ${RUNNING}, 'tunings', ${TUNINGS})`,
    })
    .from(searchSettings)
    .where(sql`${eq(searchSettings.name, EXPERIMENTS)} AND ${searchSettings.version} > ${known}`);
}

/** The same by itself. */
export async function experimentsOf(
  db: Database,
  known: number,
): Promise<{ version: number; value: unknown } | null> {
  const [row] = await experimentsQuery(db, known);
  return row ?? null;
}

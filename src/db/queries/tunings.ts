import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { DEPLOYMENT } from "../../domain/experiment.ts";
import type { Parameter, ParameterValue } from "../../domain/experiment.ts";
import type { Database } from "../client.ts";
import { experiments, tunings } from "../schema/experiments.ts";
import { moveExperimentsOn } from "./experiment-config.ts";
import { auditOf, hasRoomToSet, mayWrite } from "./experiments.ts";
import type { ByWhom } from "./experiments.ts";
import { standingQuery } from "./standing.ts";
import type { Standing } from "./standing.ts";

export interface TuningRow {
  scope: string;
  parameter: Parameter;
  value: ParameterValue;
  updatedAt: number;
}

/** The scope's own and the deployment's. */
export function readTunings(db: Database, scope: string): Promise<TuningRow[]> {
  return tuningsQuery(db, scope);
}

function tuningsQuery(db: Database, scope: string) {
  return db.orm
    .select()
    .from(tunings)
    .where(inArray(tunings.scope, [scope, DEPLOYMENT]));
}

export interface WrittenTuning {
  before: Standing | undefined;
  /** The experiment that runs on the parameter: then nothing was written. */
  running: string | null;
  /** Whether there was room for one more. */
  hasRoom: boolean;
  rows: TuningRow[];
}

/** Sets or, with `null`, forgets a scope's value. One round trip. */
export async function writeTuning(
  db: Database,
  row: { scope: string; parameter: Parameter; value: ParameterValue | null; now: number },
  { asker, audit }: ByWhom,
): Promise<WrittenTuning> {
  const { scope, parameter, value, now } = row;
  const running = and(
    eq(experiments.scope, scope),
    eq(experiments.parameter, parameter),
    isNull(experiments.endedAt),
  );
  const isFree = sql`NOT EXISTS (SELECT 1 FROM ${experiments} WHERE ${running}) AND ${mayWrite(scope, asker)}`;
  const hasRoom = sql`(${hasRoomToSet(scope)}
    OR EXISTS (SELECT 1 FROM ${tunings} WHERE scope = ${scope} AND parameter = ${parameter}))`;
  const write =
    value === null
      ? sql`DELETE FROM ${tunings} WHERE scope = ${scope} AND parameter = ${parameter} AND ${isFree}`
      : sql`INSERT INTO ${tunings} (scope, parameter, value, updated_at)
          SELECT ${scope}, ${parameter}, ${JSON.stringify(value)}, ${now} WHERE ${isFree} AND ${hasRoom}
          ON CONFLICT (scope, parameter) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;
  const [[before], [other], [room], , , , rows] = await db.orm.batch([
    standingQuery(db, scope, asker),
    db.orm.select({ name: experiments.name }).from(experiments).where(running),
    db.orm.all<{ hasRoom: number }>(sql`SELECT ${hasRoom} AS hasRoom`),
    db.orm.run(write),
    auditOf(db, scope, audit),
    moveExperimentsOn(db, now),
    tuningsQuery(db, scope),
  ]);
  return { before, running: other?.name ?? null, hasRoom: room?.hasRoom === 1, rows };
}

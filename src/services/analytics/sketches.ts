import { type Leaf, PERIODS } from "../../db/queries/overview-actives.ts";
import {
  finishSketches,
  readActives,
  readSketchState,
  type SketchRow,
  writeSketches,
} from "../../db/queries/sketches.ts";
import type { Deps } from "../../deps.ts";
import { startQuarterOf, unitOf } from "../../domain/interval.ts";
import { openZone, type Zone } from "../../domain/zone.ts";
import { ActiveUsers } from "./overview-actives.ts";
import { hoursOfDay, leafOf } from "./overview-leaves.ts";
import { readLargeDay } from "./sketches-large.ts";
import { sketchJob, type SketchTask } from "./sketches-request.ts";
import { dayRows } from "./sketches-rows.ts";
import { staleSketches, type StaleUnit } from "./sketches-stale.ts";

export type { SketchTask } from "./sketches-request.ts";
export type SketchDeps = Pick<Deps, "db" | "clock" | "jobs" | "log">;

/** User-days counted in a round trip. */
const LIMIT = 200_000;
const DAYS_A_ROUND = 31;
const UNITS_A_ROUND = 3;
/** Round trips of one job: what is left then goes to another, so that no job runs long. */
const ROUNDS = 8;
/** Zones kept for one organisation: what is asked in more of them is counted anew each time, or not known. */
const MAX_ZONES = 24;

interface Work {
  task: SketchTask;
  zone: Zone;
}

/**
 * Keeps the active users of a zone's days, weeks and months that are not kept or have changed, the newest first, in bounded
 * steps. Idempotent. Does nothing for a zone that the engine does not know.
 */
export async function keepSketches(deps: SketchDeps, task: SketchTask): Promise<void> {
  const zone = openZone(task.zone);
  if (zone === null) return;
  const state = await readSketchState(deps.db, task.org, zone.name);
  if (state.otherZones >= MAX_ZONES) {
    deps.log.warn("sketch_zones_full", { org: task.org, zone: zone.name });
    return;
  }
  const work = { task: { ...task, zone: zone.name }, zone };
  const { days, units } = staleSketches(zone, state, deps.clock.now());
  let rounds = 0;
  for (; days.length > 0 && rounds < ROUNDS; rounds++) await keepDays(deps, work, days);
  for (; days.length === 0 && units.length > 0 && rounds < ROUNDS; rounds++) {
    await keepUnits(deps, work, units.splice(0, UNITS_A_ROUND));
  }
  if (days.length > 0 || units.length > 0) {
    await deps.jobs.send([sketchJob(deps, work.task)]);
    return;
  }
  const { org, asked } = task;
  const done = { org, zone: zone.name, version: state.version, askedDay: asked, isChanged: rounds > 0 };
  await finishSketches(deps.db, done);
}

/** Keeps the first of `days`, as many as one round trip counts, and takes them from the list. */
async function keepDays(deps: SketchDeps, { task, zone }: Work, days: number[]): Promise<void> {
  const next = days.slice(0, DAYS_A_ROUND).map((day, place) => dayLeaves(zone, day, place));
  const leaves = next.flat();
  const read = await readActives(deps.db, { org: task.org, zone: zone.name, leaves, limit: LIMIT });
  const actives = new ActiveUsers({ leaves, ...read, limit: LIMIT });
  const rows: SketchRow[] = [];
  let done = 0;
  for (const [place, ofDay] of next.entries()) {
    const made = rowsOf(actives, days[place], ofDay, read.version);
    if (made === null) break;
    rows.push(...made);
    done++;
  }
  if (done === 0) {
    rows.push(...(await readLargeDay(deps, { task, day: days[0], leaves: next[0] })));
    done = 1;
  }
  await writeSketches(deps.db, { org: task.org, zone: zone.name, rows });
  days.splice(0, done);
}

/** A day, then its hours. */
function dayLeaves(zone: Zone, day: number, place: number): Leaf[] {
  const span = { from: startQuarterOf(zone, day), to: startQuarterOf(zone, day + 1) };
  const id = place * 100;
  const hours = hoursOfDay(zone, day).map((hour, index) =>
    leafOf(id + 1 + index, { ...hour, period: PERIODS.hours, start: day, index }, false),
  );
  return [leafOf(id, { ...span, period: PERIODS.day, start: day }, true), ...hours];
}

/** `null` where the count did not reach all of the day. */
function rowsOf(
  actives: ActiveUsers,
  day: number,
  leaves: readonly Leaf[],
  version: number,
): SketchRow[] | null {
  const [whole, ...hours] = leaves;
  const sketch = actives.freshOf(whole.id)?.sketch ?? null;
  const counts = hours.map(({ id }) => actives.freshOf(id)?.users ?? null);
  if (sketch === null || counts.includes(null)) return null;
  return dayRows({ day, users: sketch, hours: counts.map(Number), version });
}

/** Unites weeks and months from their days. One of which a day has changed meanwhile is left for the next time. */
async function keepUnits(deps: SketchDeps, { task, zone }: Work, units: readonly StaleUnit[]): Promise<void> {
  const leaves = new Map<number, Leaf>();
  for (const { interval, firstDay } of units) {
    const { endDay } = unitOf(interval, firstDay);
    for (let day = firstDay; day < endDay; day++) {
      const [leaf] =
        startQuarterOf(zone, day) < startQuarterOf(zone, day + 1) ? dayLeaves(zone, day, day) : [];
      if (leaf !== undefined) leaves.set(day, leaf);
    }
  }
  const all = [...leaves.values()];
  const read = await readActives(deps.db, { org: task.org, zone: zone.name, leaves: all, limit: LIMIT });
  const actives = new ActiveUsers({ leaves: all, ...read, limit: LIMIT });
  const rows: SketchRow[] = [];
  for (const { interval, firstDay } of units) {
    const { unit, endDay } = unitOf(interval, firstDay);
    const ofUnit = all.filter(({ start }) => start >= firstDay && start < endDay);
    const cover = ofUnit.map(({ id }) => id);
    const union = cover.every((id) => actives.freshOf(id) !== null) ? actives.unionOf(cover) : null;
    if (union === null) continue;
    const { version } = read;
    rows.push({
      period: PERIODS[interval],
      start: unit,
      users: union.count,
      sketch: union.encode(),
      version,
    });
  }
  await writeSketches(deps.db, { org: task.org, zone: zone.name, rows });
}

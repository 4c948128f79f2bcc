import { dropZone, readZones, zonesBehind, zonesForgotten, zonesToBegin } from "../../db/queries/sketches.ts";
import type { Deps } from "../../deps.ts";
import { dayOf } from "../../domain/event.ts";
import { openZone } from "../../domain/zone.ts";
import { sketchJob } from "./sketches-request.ts";

const MINUTE_MS = 60_000;
/** Jobs of one minute. */
const BATCH = 100;
/** Of an organisation with fewer, an overview is counted when it is asked for. */
const MANY_USER_DAYS = 20_000;
/** An organisation's turn to be looked at comes once in so many minutes. */
const TURNS = 15;
const KEPT_DAYS = 14;

/**
 * Sends jobs for zones whose sketches fell behind, and for the own zone of organisations that have grown large; forgets
 * zones that nobody asked for in two weeks.
 */
export async function sweepSketches(deps: Pick<Deps, "db" | "clock" | "jobs" | "log">): Promise<void> {
  const now = deps.clock.now();
  const since = now - TURNS * MINUTE_MS;
  const part = Math.floor(now / MINUTE_MS) % TURNS;
  const behind = await readZones(deps.db, zonesBehind(BATCH));
  const large = await readZones(
    deps.db,
    zonesToBegin({ since, userDays: MANY_USER_DAYS, part, parts: TURNS }),
  );
  const tasks = [...behind, ...large].map(({ org, zone }) => ({
    org,
    zone: openZone(zone)?.name ?? "UTC",
    asked: 0,
  }));
  if (tasks.length > 0) await deps.jobs.send(tasks.map((task) => sketchJob(deps, task)));
  for (const zone of await readZones(deps.db, zonesForgotten(dayOf(now) - KEPT_DAYS))) {
    await dropZone(deps.db, zone);
    deps.log.info("sketch_zone_dropped", { ...zone });
  }
}

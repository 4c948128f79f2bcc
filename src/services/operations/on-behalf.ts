import { onBehalf as databaseOnBehalf } from "../../db/client.ts";
import type { Deps } from "../../deps.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JobOrigin, Jobs } from "../../ports/jobs.ts";

type Named = Pick<Deps, "db" | "jobs" | "log" | "clock">;

/** The same ports for what `origin` asked for: its ids are in the logs, and go with the jobs that are left. */
export function onBehalf<T extends Named>(deps: T, origin: JobOrigin | undefined, fields: object = {}): T {
  return {
    ...deps,
    log: deps.log.with({ ...fields, ...idsOf(origin) }),
    db: databaseOnBehalf(deps.db, origin),
    jobs: stamped(deps.jobs, origin, deps.clock),
  };
}

function idsOf(origin: JobOrigin | undefined): Record<string, string> {
  if (origin === undefined) return {};
  return { request_id: origin.requestId, trace_id: origin.traceparent.slice(3, 35) };
}

/** Jobs of another origin, as those that the outbox has kept, stay its own. */
function stamped(jobs: Jobs, origin: JobOrigin | undefined, clock: Clock): Jobs {
  return {
    send(given, delaySeconds) {
      const dueAt =
        delaySeconds === undefined || delaySeconds === 0 ? {} : { dueAt: clock.now() + delaySeconds * 1_000 };
      const named = origin === undefined ? {} : { origin };
      return jobs.send(
        given.map((job) => ({ ...named, ...dueAt, ...job })),
        delaySeconds,
      );
    },
  };
}

import { quartersCheck } from "../../db/queries/recount.ts";
import { countDay, orgOfUserFrom, readSample } from "../../db/queries/recount-scope.ts";
import { presenceCheck, usersCheck } from "../../db/queries/recount-users.ts";
import { DAY_QUARTERS } from "../../domain/event.ts";
import { recount, type RecountDeps } from "./recount.ts";
import { dayChecks } from "./recount-jobs.ts";

const USERS = 5;
const DAYS = 3;
/** Events of a user, or of a day, that a sample may recount; what has more, whole recounts look at. */
const MAX_EVENTS = 20_000;

/**
 * Recounts a small part of one organisation, chosen at random by its share of all users: a few users with their presence,
 * an hour, and a day that is not too large. Answers how many values differed. `random` gives numbers in [0, 1).
 */
export async function recountSample(deps: RecountDeps, random: () => number = Math.random): Promise<number> {
  const at = random();
  const org = await orgOfUserFrom(deps.db, at);
  if (org === null) return 0;
  const { users, days } = await readSample(deps.db, { org, at, users: USERS, maxEvents: MAX_EVENTS });
  const list = JSON.stringify(users);
  const some = Array.from({ length: DAYS }, () => days[Math.floor(random() * days.length)]);
  const known = [...new Set(some)].filter((day) => day !== undefined);
  const checks = [usersCheck({ org, users: list }), ...known.map((day) => presenceCheck(org, day, list))];
  const [day] = known;
  if (day !== undefined) {
    const isSmall = (await countDay(deps.db, { org, day, most: MAX_EVENTS })) < MAX_EVENTS;
    const first = day * DAY_QUARTERS + Math.floor(random() * 24) * 4;
    checks.push(...(isSmall ? dayChecks(org, day) : [quartersCheck(org, first, first + 4)]));
  }
  return recount(deps, org, checks);
}

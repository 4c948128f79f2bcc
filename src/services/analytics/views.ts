import { longLists, orgsInTurn, trimList, type ViewList } from "../../db/queries/overview-views.ts";
import type { Deps } from "../../deps.ts";
import { dayOf } from "../../domain/event.ts";
import { monthOf } from "../../domain/interval.ts";

/** An organisation's turn comes once a day. */
const TURNS = 1_440;
/** Events come up to 30 days late: before, which values will be the most viewed is not settled. */
const SETTLED_DAYS = 31;
const SETTLED = { keep: 1_000, most: 1_000 };
/** Of days and months under way: so that a site with an address for each visitor stays bounded. */
const OPEN = { keep: 10_000, most: 20_000 };
/** Older days and months are looked at in turn, since history may be imported into them. */
const DAYS_BACK = 400;
const MONTHS_BACK = 120;

/** Keeps lists of views bounded: beyond the most viewed, values of a day or month are put together under the empty one. */
export async function trimViews(deps: Pick<Deps, "db" | "clock" | "log">): Promise<void> {
  const now = deps.clock.now();
  const orgs = await orgsInTurn(deps.db, Math.floor(now / 60_000) % TURNS, TURNS);
  for (const org of orgs) {
    for (const list of await longLists(deps.db, listsOf(org, dayOf(now)))) {
      await trimList(deps.db, list);
      deps.log.info("views_trimmed", { ...list });
    }
  }
}

function listsOf(org: number, today: number): ViewList[] {
  const settled = today - SETTLED_DAYS;
  const month = monthOf(settled);
  const old = [
    ...[settled - 1, settled - 2, settled - 3 - (today % DAYS_BACK)].map((start) => ({
      period: 0 as const,
      start,
    })),
    ...[month - 1, month - 2 - (today % MONTHS_BACK)].map((start) => ({ period: 1 as const, start })),
  ];
  const open = [
    { period: 0 as const, start: today - 1 },
    { period: 1 as const, start: monthOf(today) },
    { period: 1 as const, start: monthOf(today) - 1 },
  ];
  return ([0, 1] as const).flatMap((kind) => [
    ...old.map((list) => ({ org, kind, ...list, ...SETTLED })),
    ...open.map((list) => ({ org, kind, ...list, ...OPEN })),
  ]);
}

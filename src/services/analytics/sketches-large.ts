import type { Leaf } from "../../db/queries/overview-actives.ts";
import { readActives, readUserDays, type SketchRow } from "../../db/queries/sketches.ts";
import type { Deps } from "../../deps.ts";
import { Sketch } from "../../domain/sketch.ts";
import { ActiveUsers } from "./overview-actives.ts";
import type { SketchTask } from "./sketches-request.ts";
import { dayRows } from "./sketches-rows.ts";

const PAGE = 50_000;
/** More user-days than a day has: an hour is counted within the database, and only its number comes. */
const NO_LIMIT = 2 ** 40;

/** The rows of a day that has too many users for one round trip: page by page, and hour by hour. */
export async function readLargeDay(
  deps: Pick<Deps, "db">,
  { task, day, leaves }: { task: SketchTask; day: number; leaves: readonly Leaf[] },
): Promise<SketchRow[]> {
  const [whole, ...hours] = leaves;
  const { org, zone } = task;
  const sketch = new Sketch();
  let after = { day: whole.first, user: 0 };
  let version: number | null = null;
  for (;;) {
    const page = await readUserDays(deps.db, { org, leaf: whole, after, limit: PAGE });
    // What changes between the pages makes the row stale: it stands for the version at the beginning.
    version ??= page.version;
    sketch.add(page.rows.map(({ user }) => user));
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < PAGE) break;
    after = last;
  }
  const counts: number[] = [];
  for (const hour of hours) {
    // Of no kept period, so that it is counted in any case.
    const leaf = { ...hour, period: null };
    const read = await readActives(deps.db, { org, zone, leaves: [leaf], limit: NO_LIMIT });
    counts.push(new ActiveUsers({ leaves: [leaf], ...read, limit: NO_LIMIT }).countOf([leaf.id]) ?? 0);
  }
  return dayRows({ day, users: sketch, hours: counts, version: version ?? 0 });
}

import type { Ctx } from "../../deps.ts";
import { MAX_LIVE_USERS, readLive } from "../../db/queries/org-users-live.ts";
import type { LiveRows } from "../../db/queries/org-users-live.ts";
import { requirePermission } from "../../domain/access.ts";
import { toRfc3339 } from "../../domain/time.ts";
import { noSuchOrg } from "../orgs/asker.ts";
import { answerFor } from "./answers.ts";
import type { Answer, AnswerCtx } from "./answers.ts";

const MINUTE_MS = 60_000;
const MINUTES = 30;

/** As the API shows it. */
export interface Live {
  active_users: number;
  /** Whether there are more than were counted. */
  active_users_capped: boolean;
  /** All thirty, the oldest first; the last is under way. */
  minutes: { start: string; page_views: number; logins: number; activities: number }[];
  as_of: string;
}

/** The last thirty minutes of an organisation, the present one among them. */
export async function readLastMinutes(
  ctx: AnswerCtx & Ctx<"db">,
  input: { org: string },
): Promise<Answer<Live> & { minute: number }> {
  const org = requirePermission(ctx.actor, "stats:read", input.org);
  const minute = Math.floor(ctx.clock.now() / MINUTE_MS);
  const question = { org, name: "live.1", query: String(minute), tiers: [] };
  const from = minute - MINUTES + 1;
  const answer = await answerFor<Live>(ctx, question, async (known) => {
    const { stand, live } = await readLive(ctx.db, org, { from, to: minute }, known);
    if (stand === undefined) throw noSuchOrg(input.org);
    return { ...stand, value: stand.version === known ? null : liveOf(live, from, stand.asOf) };
  });
  return { ...answer, minute };
}

function liveOf({ minutes, activeUsers }: LiveRows, from: number, asOf: number): Live {
  const rows = new Map(minutes.map((row) => [row.minute, row]));
  return {
    active_users: Math.min(activeUsers, MAX_LIVE_USERS),
    active_users_capped: activeUsers > MAX_LIVE_USERS,
    minutes: Array.from({ length: MINUTES }, (_, i) => {
      const row = rows.get(from + i);
      return {
        start: toRfc3339((from + i) * MINUTE_MS),
        page_views: row?.page_views ?? 0,
        logins: row?.logins ?? 0,
        activities: row?.activities ?? 0,
      };
    }),
    as_of: toRfc3339(asOf),
  };
}

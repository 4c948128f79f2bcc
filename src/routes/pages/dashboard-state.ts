import { AppError } from "../../domain/errors.ts";
import { listUsers, type UsersCtx } from "../../services/analytics/users.ts";
import { overview, type OverviewCtx } from "../../services/analytics/overview.ts";
import { readLastMinutes } from "../../services/analytics/live.ts";
import { dateIn } from "../../web/dashboard/local-time.ts";
import { overviewParams, usersParams } from "../../web/dashboard/query.ts";
import type { DashboardQuery } from "../../web/dashboard/query.ts";
import { failed, ready, zoneOf } from "../../web/dashboard/view.ts";
import type { DashboardState, DashboardView, Part } from "../../web/dashboard/view.ts";
import { COMPARES, INTERVALS } from "../../web/dashboard/wire.ts";
import type { Live, Overview, UserPage } from "../../web/dashboard/wire.ts";

export type DashboardCtx = UsersCtx & OverviewCtx;

const USERS_A_PAGE = 50;

/**
 * What the dashboard shows first. Its parts are read at once; where the dates asked for turn out to be others in the
 * organisation's own zone, which the overview tells, they are read once more.
 */
export async function readDashboard(
  ctx: DashboardCtx,
  org: string,
  query: DashboardQuery,
): Promise<DashboardState> {
  const view = { org, query, orgZone: "UTC", now: ctx.clock.now() };
  const first = await readParts(ctx, view);
  return first.orgZone === view.orgZone || asksTheSame(view, first)
    ? first
    : readParts(ctx, { ...view, orgZone: first.orgZone });
}

async function readParts(ctx: DashboardCtx, view: DashboardView): Promise<DashboardState> {
  const [ofRange, users, live] = await Promise.all([
    partOf(readOverview(ctx, view)),
    partOf(readUsers(ctx, view)),
    readLive(ctx, view),
  ]);
  const { value } = ofRange;
  const orgZone = value?.orgZone ?? view.orgZone;
  return { ...view, orgZone, overview: { ...ofRange, value: value?.overview ?? null }, users, live };
}

function asksTheSame(one: DashboardView, other: DashboardView): boolean {
  const asked = (view: DashboardView) => {
    const zone = zoneOf(view);
    return `${overviewParams(view.query, dateIn(zone, view.now))}|${usersParams(view.query, zone, view.now)}`;
  };
  return asked(one) === asked(other);
}

async function readOverview(ctx: OverviewCtx, view: DashboardView) {
  const params = overviewParams(view.query, dateIn(zoneOf(view), view.now));
  const { value } = await overview(ctx, {
    org: view.org,
    from: params.get("from"),
    to: params.get("to"),
    tz: params.get("tz"),
    interval: INTERVALS.find((one) => one === params.get("interval")) ?? null,
    compare: COMPARES.find((one) => one === params.get("compare")) ?? null,
  });
  return { overview: JSON.parse(value.json) as Overview, orgZone: value.timeZone };
}

async function readUsers(ctx: UsersCtx, view: DashboardView): Promise<UserPage> {
  const { org, query } = view;
  const since = usersParams(query, zoneOf(view), view.now).get("active_since");
  const { value } = await listUsers(ctx, {
    org,
    sort: query.sort,
    q: query.q,
    activeSince: since === null ? null : Date.parse(since),
    limit: USERS_A_PAGE,
    cursor: query.cursor === "" ? null : query.cursor,
  });
  return JSON.parse(value.json) as UserPage;
}

/** The page stands without it: the browser asks again. */
async function readLive(ctx: DashboardCtx, { org }: DashboardView): Promise<Live | null> {
  const { value, failure } = await partOf(readLastMinutes(ctx, { org }));
  return failure === null && value !== null ? value.value : null;
}

function partOf<T>(reading: Promise<T>): Promise<Part<T>> {
  return reading.then(ready, (error: unknown) => {
    const part = toPart(error);
    if (part === null) throw error;
    return part;
  });
}

/** What can be said within the page; `null` for what the whole page has to say. */
function toPart(error: unknown): Part<never> | null {
  if (!(error instanceof AppError)) return null;
  const { code, facts } = error;
  if (code === "unavailable")
    return failed({ message: "The database does not answer just now.", isPassing: true });
  if (code === "bad_cursor")
    return failed({ message: "The address leads to a page of users that has expired.", isPassing: false });
  if (code !== "bad_request" && code !== "invalid_input") return null;
  return failed({ message: facts.errors?.[0]?.message ?? facts.detail, isPassing: false });
}

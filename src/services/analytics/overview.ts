import { readOverview } from "../../db/queries/overview.ts";
import type { Ctx } from "../../deps.ts";
import { requirePermission } from "../../domain/access.ts";
import { dayOf } from "../../domain/event.ts";
import { toRfc3339 } from "../../domain/time.ts";
import { noSuchOrg } from "../orgs/asker.ts";
import { type Answer, type AnswerCtx, answerFor } from "./answers.ts";
import { ActiveUsers } from "./overview-actives.ts";
import { Leaves } from "./overview-leaves.ts";
import {
  type OverviewInput,
  type OverviewRequest,
  readRequest,
  utcDaysOf,
  viewListsOf,
} from "./overview-request.ts";
import { COHORTS, rowsReadOf, type Shaped, shapeOverview } from "./overview-shape.ts";
import { requestKept } from "./sketches-request.ts";

export type { OverviewInput } from "./overview-request.ts";
export type { Overview } from "./overview-shape.ts";

/** An overview as JSON, so that a cached one is not written anew. */
export interface KeptOverview {
  json: string;
  /** The organisation's own zone. */
  timeZone: string;
  /** Tells this answer from others at the same address and version: the range moves with the days. */
  tag: string;
}

export type OverviewCtx = AnswerCtx & Ctx<"db" | "jobs">;

/**
 * User-days counted at most where no sketch is fresh, about 100 ms. Beyond, older points get what was kept before the
 * last changes, or `null`, until a job has counted them.
 */
const COUNT_LIMIT = 150_000;
const ZONE_BYTES = 200;

/**
 * What went on in an organisation over a range of time, in one round trip (two where its own zone is asked for and this
 * isolate does not know it yet). 400 for a range, interval or zone that cannot be answered.
 */
export async function overview(ctx: OverviewCtx, input: OverviewInput): Promise<Answer<KeptOverview>> {
  const org = requirePermission(ctx.actor, "stats:read", input.org);
  const now = ctx.clock.now();
  const assumed = input.tz ?? knownZone(ctx, org);
  const answer = await answerIn(ctx, org, readRequest(input, assumed, now), input.org);
  const { timeZone } = answer.value;
  if (input.tz !== null || timeZone === assumed) return answer;
  ctx.isolate.cache.set(zoneKey(org), timeZone, ZONE_BYTES, now);
  return answerIn(ctx, org, readRequest(input, timeZone, now), input.org);
}

function zoneKey(org: string): string {
  return `analytics-zone|${org}`;
}

/** What the organisation's zone was when it was read last; the answer tells whether it still is. */
function knownZone({ isolate }: OverviewCtx, org: string): string {
  const known = isolate.cache.get(zoneKey(org))?.value;
  return typeof known === "string" ? known : "UTC";
}

function answerIn(
  ctx: OverviewCtx,
  org: string,
  request: OverviewRequest,
  asked: string,
): Promise<Answer<KeptOverview>> {
  const { tz, interval, main, comparison, week } = request;
  const spans = [main, comparison].map((series) => series && [series.range.from, series.range.to]);
  const tag = JSON.stringify([tz, interval, spans, week]);
  const question = { org, name: "overview.1", query: tag, tiers: ["edge"] as const };
  return answerFor<KeptOverview>(ctx, question, async (known) => {
    const found = await read(ctx, { org, request, known });
    if (found === undefined) throw noSuchOrg(asked);
    const { version, shaped, timeZone } = found;
    if (shaped === null) return { ...version, value: null };
    const body = {
      ...shapeOverview(shaped),
      as_of: toRfc3339(version.asOf),
      version: version.version,
      rows_read: rowsReadOf(shaped),
    };
    return { ...version, value: { json: JSON.stringify(body), timeZone, tag } };
  });
}

interface Reading {
  version: { version: number; asOf: number };
  shaped: Shaped | null;
  timeZone: string;
}

async function read(
  ctx: OverviewCtx,
  { org, request, known }: { org: string; request: OverviewRequest; known: number | null },
): Promise<Reading | undefined> {
  const { zone, interval, main, comparison, now, week } = request;
  const all = comparison === null ? [main] : [main, comparison];
  const leaves = new Leaves(zone, now);
  const covers = all.map(({ range, points }) => ({
    points: leaves.coversOf(points, interval),
    total: leaves.coverOf(range),
  }));
  const inOrder = leaves.inOrder();
  const found = await readOverview(ctx.db, {
    orgId: org,
    known,
    zone: zone.name,
    points: all.flatMap(({ points }) => points),
    leaves: inOrder,
    countLimit: COUNT_LIMIT,
    views: viewListsOf(utcDaysOf(main.range), dayOf(now)),
    botDays: all.map(({ range }) => utcDaysOf(range)),
    firstCohort: week - COHORTS + 1,
  });
  if (found === undefined) return undefined;
  const { version, rows } = found;
  if (rows === null) return { version, shaped: null, timeZone: "" };
  const actives = new ActiveUsers({ leaves: inOrder, ...rows, limit: COUNT_LIMIT });
  requestKept(ctx, {
    org: rows.org,
    zone: zone.name,
    askedDay: rows.askedDay,
    isPending: actives.isPending,
    cost: actives.cost,
    lacksCohorts: rows.points.length > 0 && rows.cohorts.length === 0,
  });
  return { version, shaped: { request, rows, actives, covers }, timeZone: rows.timeZone };
}

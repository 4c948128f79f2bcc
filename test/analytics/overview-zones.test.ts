import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnalyticsEvent } from "../../src/domain/event.ts";
import type { Interval } from "../../src/domain/interval.ts";
import { countBetween, openWorld, randomEvents, type World } from "./overview-world.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const DAY = 86_400_000;

let world: World;
const events: AnalyticsEvent[] = [];

beforeAll(async () => {
  world = await openWorld(NOW);
  // Dense around the days on which the clocks of Berlin, New York and Lord Howe change, in spring and autumn.
  for (const [index, date] of ["2026-10-25", "2026-11-01", "2026-10-04"].entries()) {
    const at = Date.parse(date);
    events.push(...randomEvents(index, { count: 900, users: 60, from: at - 2 * DAY, to: at + 3 * DAY }));
  }
  events.push(...randomEvents(9, { count: 900, users: 90, from: NOW - 60 * DAY, to: NOW }));
  const old = randomEvents(10, {
    count: 600,
    users: 60,
    from: Date.parse("2026-03-05"),
    to: Date.parse("2026-04-08"),
  });
  events.push(...old);
  const deps = { orgId: world.acme.orgId };
  await world.add(events, deps.orgId);
  await world.add(
    randomEvents(77, { count: 300, users: 20, from: NOW - 60 * DAY, to: NOW }),
    world.rival.orgId,
  );
}, 60_000);
afterAll(() => world.platform.close());

/** The starts of the intervals of a range by Temporal, from `from` to `end`, which is the last. */
function startsByTemporal(zone: string, from: string, end: string, interval: Interval): number[] {
  const first = Temporal.PlainDate.from(from).toZonedDateTime(zone);
  const last = Temporal.PlainDate.from(end).toZonedDateTime(zone);
  const starts = [first.epochMilliseconds];
  for (
    let next = stepped(first, interval);
    next.epochMilliseconds < last.epochMilliseconds;
    next = stepped(next, interval)
  ) {
    starts.push(next.epochMilliseconds);
  }
  return [...starts, last.epochMilliseconds];
}

function stepped(at: Temporal.ZonedDateTime, interval: Interval): Temporal.ZonedDateTime {
  const date = at.toPlainDate();
  switch (interval) {
    case "hour":
      return at.add({ hours: 1 });
    case "day":
      return date.add({ days: 1 }).toZonedDateTime(at.timeZoneId);
    case "week":
      return date.add({ days: 8 - date.dayOfWeek }).toZonedDateTime(at.timeZoneId);
    case "month":
      return date.with({ day: 1 }).add({ months: 1 }).toZonedDateTime(at.timeZoneId);
    default:
      return interval satisfies never;
  }
}

async function expectEqualToBruteForce(
  zone: string,
  from: string,
  to: string,
  interval: Interval,
): Promise<void> {
  const query = `?from=${from}&to=${to}&tz=${encodeURIComponent(zone)}&interval=${interval}`;
  const body = await world.read(query);
  const end = Temporal.PlainDate.from(to).add({ days: 1 }).toString();
  const starts = startsByTemporal(zone, from, end, interval);
  const wanted = starts
    .slice(0, -1)
    .map((start, index) => ({ start, ...countBetween(events, start, starts[index + 1]) }));
  expect(body.series.map(({ start, ...counts }) => ({ start: Date.parse(start), ...counts }))).toEqual(
    wanted,
  );
  const { bots: _bots, ...totals } = body.totals;
  expect(totals).toEqual(countBetween(events, starts[0], starts[starts.length - 1]));
  expect(body.active_users_error).toBe(0);
}

const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Adelaide", "UTC"];

describe.each(ZONES)("in %s every number is that of a count of the events one by one", (zone) => {
  test("by hour", () => expectEqualToBruteForce(zone, "2026-10-24", "2026-11-02", "hour"));
  test("by day", () => expectEqualToBruteForce(zone, "2026-10-01", "2026-11-20", "day"));
  test("by week", () => expectEqualToBruteForce(zone, "2026-03-01", "2026-11-18", "week"));
  test("by month", () => expectEqualToBruteForce(zone, "2026-01-15", "2026-11-20", "month"));
});

describe("in Australia/Lord_Howe, whose clocks change by half an hour, too", () => {
  const zone = "Australia/Lord_Howe";
  test("by day", () => expectEqualToBruteForce(zone, "2026-09-28", "2026-10-10", "day"));
  test("by week", () => expectEqualToBruteForce(zone, "2026-03-01", "2026-11-18", "week"));
  test("by hour", async () => {
    const body = await world.read(`?from=2026-10-03&to=2026-10-05&tz=${zone}&interval=hour`);
    const starts = [...body.series.map(({ start }) => Date.parse(start)), Date.parse(body.to)];
    expect(body.series).toHaveLength(72);
    for (const [index, { start, ...counts }] of body.series.entries()) {
      expect({ start, ...counts }).toEqual({
        start,
        ...countBetween(events, starts[index], starts[index + 1]),
      });
    }
  });
});

describe("after jobs have kept what is costly, nothing is another number", () => {
  test.each(["Europe/Berlin", "Asia/Kathmandu"])("in %s", async (zone) => {
    const { rows } = await world.platform.client.execute(
      "SELECT number FROM organisations WHERE slug = 'acme'",
    );
    const payload = { org: Number(rows[0].number), zone, asked: 1 };
    await world.platform.jobs.send([{ id: `sketch-${zone}`, kind: "analytics.sketch", payload }]);
    await world.work();
    const kept = await world.platform.client.execute({
      sql: "SELECT period, count(*) AS n FROM active_sketches WHERE zone = ? GROUP BY period ORDER BY period",
      args: [
        zone === "Asia/Kathmandu"
          ? new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone
          : zone,
      ],
    });
    expect(kept.rows.map(({ period }) => period)).toEqual([0, 1, 2, 3, 9]);
    await expectEqualToBruteForce(zone, "2026-10-24", "2026-11-02", "hour");
    await expectEqualToBruteForce(zone, "2026-03-01", "2026-11-20", "day");
    await expectEqualToBruteForce(zone, "2026-03-04", "2026-11-18", "week");
    await expectEqualToBruteForce(zone, "2026-01-15", "2026-11-20", "month");
  });
});

/** One zone for each offset of a multiple of 15 minutes that is in use. */
function zonesOfEachOffset(): [string, string][] {
  const zones = new Map<string, string>();
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    const offset = format.format(NOW).split(", ")[1];
    if (!zones.has(offset)) zones.set(offset, zone);
  }
  return [...zones];
}

test.each(zonesOfEachOffset())("at %s (%s) days are exact", (_, zone) =>
  expectEqualToBruteForce(zone, "2026-10-20", "2026-11-05", "day"),
);

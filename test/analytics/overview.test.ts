import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/domain/event.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { problemOf } from "../http/open-app.ts";
import { countBetween, event, openWorld, randomEvents, type World } from "./overview-world.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const DAY = (date: string): number => Date.parse(`${date}T00:00:00Z`);

describe("an overview", () => {
  let world: World;
  const events = randomEvents(3, { count: 1_500, users: 80, from: NOW - 80 * DAY_MS, to: NOW });
  beforeAll(async () => {
    world = await openWorld(NOW);
    await world.add(events);
    await world.add(
      [event("canary-user", NOW - DAY_MS, { path: "/canary", bot: "prefetch" })],
      world.rival.orgId,
    );
    await world.add([event("canary-user", NOW - DAY_MS, { path: "/canary" })], world.rival.orgId);
  });
  afterAll(() => world.platform.close());

  test("is of the last 30 days by day, in the organisation's zone, without a parameter", async () => {
    const body = await world.read("");
    expect(body).toMatchObject({ tz: "UTC", interval: "day", comparison: null });
    expect(body.from).toBe("2026-10-22T00:00:00+00:00");
    expect(body.to).toBe("2026-11-21T00:00:00+00:00");
    expect(body.series).toHaveLength(30);
    const { bots: _bots, ...totals } = body.totals;
    expect(totals).toEqual(countBetween(events, DAY("2026-10-22"), DAY("2026-11-21")));
  });

  test.each([
    ["2026-10-05", "2026-11-10"],
    ["2026-09-20", "2026-10-06"],
    ["2026-11-01", "2026-11-20"],
    ["2026-09-01", "2026-10-31"],
    ["2026-10-10", "2026-10-20"],
  ])(
    "from %s to %s has the most viewed paths and referrers, the most first, then by value",
    async (from, to) => {
      const body = await world.read(`?from=${from}&to=${to}`);
      const topOf = (name: "path" | "referrer") => {
        const seen = new Map<string, number>();
        for (const one of events) {
          const value = one[name];
          const isIn = one.at >= DAY(from) && one.at < DAY(to) + DAY_MS;
          if (isIn && one.bot === null && one.type === "page_view" && value !== null)
            seen.set(value, (seen.get(value) ?? 0) + 1);
        }
        return [...seen].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 10);
      };
      expect(body.top_paths.map(({ path, page_views: n }) => [path, n])).toEqual(topOf("path"));
      expect(body.top_referrers.map(({ host, page_views: n }) => [host, n])).toEqual(topOf("referrer"));
    },
  );

  test("counts machines apart, by reason", async () => {
    const body = await world.read("?from=2026-10-05&to=2026-11-10");
    const bots = events.filter(
      ({ at, bot }) => bot !== null && at >= DAY("2026-10-05") && at < DAY("2026-11-11"),
    );
    expect(body.bots).toEqual([{ reason: "user_agent", events: bots.length }]);
    expect(body.totals.bots).toBe(bots.length);
  });

  test.each([
    ["compare=previous&from=2026-10-01&to=2026-10-31", "2026-09-01", "2026-10-01", 30],
    ["compare=previous&from=2026-10-05&to=2026-10-11", "2026-09-28", "2026-10-05", 7],
    ["compare=year&from=2026-10-05&to=2026-10-11", "2025-10-05", "2025-10-12", 7],
  ])("with %s compares with what came before", async (query, from, to, points) => {
    const { comparison } = await world.read(`?${query}`);
    expect(comparison).toMatchObject({ from: `${from}T00:00:00+00:00`, to: `${to}T00:00:00+00:00` });
    expect(comparison?.series).toHaveLength(points);
    const { bots: _bots, ...totals } = comparison?.totals ?? { bots: 0 };
    expect(totals).toEqual(countBetween(events, DAY(from), DAY(to)));
    const sum = comparison?.series.reduce((n, { page_views: views }) => n + views, 0);
    expect(sum).toBe(comparison?.totals.page_views);
  });

  test("of instants counts whole quarters of an hour, and active users within them", async () => {
    const body = await world.read("?from=2026-11-10T10:05:00Z&to=2026-11-12T07:50:00Z&interval=day");
    expect(body.from).toBe("2026-11-10T10:00:00+00:00");
    expect(body.to).toBe("2026-11-12T08:00:00+00:00");
    const edges = ["2026-11-10T10:00:00Z", "2026-11-11", "2026-11-12", "2026-11-12T08:00:00Z"].map((at) =>
      Date.parse(at),
    );
    expect(body.series.map(({ start: _start, ...counts }) => counts)).toEqual(
      [0, 1, 2].map((i) => countBetween(events, edges[i], edges[i + 1])),
    );
    const { bots: _bots, ...totals } = body.totals;
    expect(totals).toEqual(countBetween(events, edges[0], edges[3]));
  });

  test("takes one round trip, and none where it is known to be current", async () => {
    const isolate = newIsolate();
    const ask = async () => {
      const receipt = newReceipt();
      const path =
        "/v1/orgs/acme/overview?tz=Europe/Berlin&from=2026-09-01&to=2026-11-19&compare=year&interval=week";
      // The key is known, so that what is counted is the overview's own.
      await world.call("/v1/orgs/acme/users", { headers: world.acme.headers }, { isolate });
      const response = await world.call(path, { headers: world.acme.headers }, { isolate, receipt });
      expect(response.status).toBe(200);
      return receipt;
    };
    expect(await ask()).toMatchObject({ dbTrips: 1, cache: "miss" });
    expect(await ask()).toMatchObject({ dbTrips: 0, cache: "hit" });
  });

  test("tells how many rows it was made from", async () => {
    const [small, large] = [await world.read("?from=2026-11-19"), await world.read("?from=2026-09-01")];
    expect(small.rows_read).toBeGreaterThan(0);
    expect(large.rows_read).toBeGreaterThan(small.rows_read);
    expect(large.rows_read).toBeLessThan(4_000);
  });

  test.each([
    ["from=yesterday", "from"],
    ["to=2026-02-30", "to"],
    ["from=2026-11-10&to=2026-11-09", "to"],
    ["from=1970-01-01&to=2069-12-31", "from"],
    ["from=2026-01-01&to=2026-06-30&interval=hour", "interval"],
    ["tz=Mars/Base", "tz"],
    ["tz=%2B05:45", "tz"],
    ["tz=", "tz"],
    ["interval=year", "interval"],
    ["compare=tomorrow", "compare"],
    [`from=${"9".repeat(50)}`, "from"],
  ])("of ?%s is a 400 that names %s", async (query, path) => {
    const problem = await problemOf(await world.get(`?${query}`));
    expect(problem).toMatchObject({ status: 400, code: "bad_request", errors: [{ path }] });
  });

  test("before the epoch is said to be that, not misspelt", async () => {
    const { errors } = await problemOf(await world.get("?from=1926-01-01&to=2026-01-01"));
    expect(errors).toEqual([
      { path: "from", message: "Expected a day that the calendar has, from 1970 to 9998" },
    ]);
  });

  test("shows nothing of another organisation, to nobody without the right to it", async () => {
    const text = await (await world.get("?from=2026-01-01&to=2026-11-20&compare=year")).text();
    expect(text).not.toContain("canary");
    expect(JSON.parse(text).bots.map(({ reason }: { reason: string }) => reason)).not.toContain("prefetch");
    const asRival = await world.call("/v1/orgs/acme/overview", { headers: world.rival.headers });
    expect(asRival.status).toBe(404);
    expect((await world.call("/v1/orgs/acme/overview")).status).toBe(401);
  });

  test("is for the asking client alone to keep, and 304 while nothing changes", async () => {
    const response = await world.get("?from=2026-11-01");
    const etag = response.headers.get("etag") ?? "";
    expect(response.headers.get("cache-control")).toBe("private, no-cache");
    expect((await world.get("?from=2026-11-01", { "if-none-match": etag })).status).toBe(304);
    expect((await world.get("?from=2026-11-02", { "if-none-match": etag })).status).toBe(200);
  });
});

describe("what changes", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(NOW);
    await world.add([event("u1", NOW - DAY_MS), event("u2", NOW - DAY_MS)]);
  });
  afterEach(() => world.platform.close());

  test("is in the next overview, under another tag", async () => {
    const first = await world.get("?from=2026-11-18");
    const before = await world.read("?from=2026-11-18");
    await world.add([event("u1", NOW - 2 * DAY_MS), event("u3", NOW)]);
    const after = await world.read("?from=2026-11-18");
    expect(before.totals).toMatchObject({ page_views: 2, active_users: 2 });
    expect(after.totals).toMatchObject({ page_views: 4, active_users: 3 });
    expect(after.version).toBeGreaterThan(before.version);
    expect(Date.parse(after.as_of)).toBeGreaterThan(Date.parse(before.as_of));
    const again = await world.get("?from=2026-11-18", { "if-none-match": first.headers.get("etag") ?? "" });
    expect(again.status).toBe(200);
  });

  test("of the organisation's zone moves the days of who names none", async () => {
    await world.read("");
    await world.platform.client.execute(
      "UPDATE analytics_orgs SET time_zone = 'Asia/Kathmandu', version = version + 1",
    );
    world.platform.clock.advance(2_000);
    const body = await world.read("");
    expect(body).toMatchObject({ tz: "Asia/Kathmandu", from: "2026-10-22T00:00:00+05:45" });
    const receipt = newReceipt();
    world.platform.clock.advance(2_000);
    await world.call("/v1/orgs/acme/overview", { headers: world.acme.headers }, { receipt });
    expect(receipt.dbTrips).toBe(1);
  });

  test("with the day moves the default range, though nothing happened", async () => {
    const before = await world.get("");
    world.platform.clock.advance(DAY_MS);
    const after = await world.get("", { "if-none-match": before.headers.get("etag") ?? "" });
    expect(after.status).toBe(200);
    expect(((await after.json()) as { to: string }).to).toBe("2026-11-22T00:00:00+00:00");
  });

  test("is not seen by an organisation without events", async () => {
    const response = await world.call("/v1/orgs/rival/overview", { headers: world.rival.headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      totals: { logins: 0, page_views: 0, activities: 0, active_users: 0, bots: 0 },
      top_paths: [],
      retention: [],
    });
  });
});

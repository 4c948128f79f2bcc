import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { activeUsersQuery, minutesQuery } from "../../src/db/queries/org-users-live.ts";
import { changedOrg } from "../../src/db/queries/analytics-version.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { operatorHeaders, problemOf } from "../http/open-app.ts";
import { newMerchant } from "../catalogue/open-catalogue.ts";
import { addUsers, bump, NOW, openTenants, type Tenants } from "./users-fixture.ts";

let t: Tenants;
beforeEach(async () => {
  t = await openTenants();
});
afterEach(() => t.platform.close());

interface Live {
  active_users: number;
  active_users_capped: boolean;
  minutes: { start: string; page_views: number; logins: number; activities: number }[];
}

const MINUTE = Math.floor(NOW / 60_000);

async function addMinute(minute: number, views: number, orgId = t.acme.orgId): Promise<void> {
  await t.platform.client.execute({
    sql: "INSERT INTO event_minutes (org, minute, logins, page_views, activities) SELECT number, ?, 1, ?, 2 FROM organisations WHERE id = ?",
    args: [minute, views, orgId],
  });
  await bump(t, orgId);
}

const visits = (count: number, at: number, isAnonymous = false) =>
  Array.from({ length: count }, (_, i) => ({
    id: `${at}-${isAnonymous}-${i}`,
    name: null,
    logins: 0,
    pageViews: 1,
    activities: 0,
    lastActivity: at,
    isAnonymous,
  }));

describe("the last thirty minutes", () => {
  test("are all there, those without events too, and no other", async () => {
    for (const minute of [MINUTE - 30, MINUTE - 29, MINUTE - 3, MINUTE])
      await addMinute(minute, minute - MINUTE + 40);
    await addMinute(MINUTE, 999, t.rival.orgId);
    await addUsers(t, t.acme.orgId, [
      ...visits(3, NOW),
      ...visits(2, (MINUTE - 29) * 60_000),
      ...visits(7, (MINUTE - 29) * 60_000 - 1),
      ...visits(5, NOW, true),
    ]);
    const response = await t.get("/live");
    const live = (await response.json()) as Live;
    expect(live).toMatchObject({ active_users: 5, active_users_capped: false });
    expect(live.minutes).toHaveLength(30);
    expect(live.minutes[0]).toEqual({
      start: "2026-01-02T02:35:00.000Z",
      page_views: 11,
      logins: 1,
      activities: 2,
    });
    expect(live.minutes.map((minute) => minute.page_views).filter((views) => views > 0)).toEqual([
      11, 37, 40,
    ]);
    expect(live.minutes.at(-1)?.start).toBe("2026-01-02T03:04:00.000Z");
  });

  test("cost one round trip, none within the second, and a new answer with each minute", async () => {
    await t.get("/live");
    const trips = async () =>
      /desc="(\d)/.exec((await t.get("/live")).headers.get("server-timing") ?? "")?.[1];
    expect(await trips()).toBe("0");
    t.platform.clock.advance(1_000);
    expect(await trips()).toBe("1");
    const etag = (await t.get("/live")).headers.get("etag") ?? "";
    expect((await t.get("/live", { "if-none-match": etag })).status).toBe(304);
    t.platform.clock.advance(60_000);
    const later = await t.get("/live", { "if-none-match": etag });
    expect(((await later.json()) as Live).minutes[0].start).toBe("2026-01-02T02:36:00.000Z");
  });

  test("count active users to a thousand", async () => {
    await addUsers(t, t.acme.orgId, visits(1_001, NOW));
    expect(await (await t.get("/live")).json()).toMatchObject({
      active_users: 1_000,
      active_users_capped: true,
    });
  });

  test("are read within an index", async () => {
    const { orm } = openMemoryDeps(t.platform).db;
    const args = { from: 1, to: 30 };
    for (const query of [minutesQuery, activeUsersQuery]) {
      const { sql, params } = orm.all(query(changedOrg("o", 1), args)).getQuery();
      const plan = await t.platform.client.execute({
        sql: `EXPLAIN QUERY PLAN ${sql}`,
        args: params as number[],
      });
      const steps = plan.rows.map(({ detail }) => String(detail));
      expect(steps.filter((step) => /SCAN (?!\(subquery)|TEMP B-TREE/.test(step))).toEqual([]);
      expect(steps.join("\n")).toMatch(/org=\? AND (minute>\? AND minute<\?|last_activity>\?)/);
    }
  });

  test("of another organisation are a 404", async () => {
    const response = await t.call("/v1/orgs/rival/live", { headers: t.acme.headers });
    expect(await problemOf(response)).toMatchObject({ status: 404 });
  });
});

describe("the settings", () => {
  const path = "/v1/orgs/acme/analytics-settings";
  const patch = (body: unknown, headers = operatorHeaders(t.platform), at = path) =>
    t.call(at, {
      method: "PATCH",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  test("are the standard ones until they are changed, one by one", async () => {
    expect(await (await t.get("/analytics-settings")).json()).toEqual({
      time_zone: "UTC",
      retention_days: 400,
    });
    const first = await patch({ time_zone: "Asia/Kathmandu" });
    expect(await first.json()).toEqual({ time_zone: "Asia/Kathmandu", retention_days: 400 });
    await patch({ retention_days: 31 }, undefined, `/v1/orgs/${t.acme.orgId}/analytics-settings`);
    await patch({ time_zone: "europe/berlin" });
    expect(await (await t.get("/analytics-settings")).json()).toEqual({
      time_zone: "Europe/Berlin",
      retention_days: 31,
    });
  });

  test("move the organisation on where they change, and not its freshness", async () => {
    await bump(t, t.acme.orgId);
    const stand = async () =>
      (await t.platform.client.execute("SELECT version, folded_at FROM analytics_orgs")).rows.map((row) => ({
        ...row,
      }));
    const [before] = await stand();
    await patch({ retention_days: 90 });
    await patch({ retention_days: 90 });
    await patch({});
    expect(await stand()).toEqual([{ ...before, version: Number(before.version) + 1 }]);
  });

  test.each([
    [{ time_zone: "Mars/Olympus" }, "time_zone"],
    [{ time_zone: "+05:30" }, "time_zone"],
    [{ time_zone: "" }, "time_zone"],
    [{ time_zone: "a".repeat(65) }, "time_zone"],
    [{ retention_days: 30 }, "retention_days"],
    [{ retention_days: 3_651 }, "retention_days"],
    [{ retention_days: 31.5 }, "retention_days"],
    [{ retention_days: "31" }, "retention_days"],
    [{ timezone: "UTC" }, ""],
  ])("of %j are a 422", async (body, field) => {
    expect(await problemOf(await patch(body))).toMatchObject({ status: 422, errors: [{ path: field }] });
    expect(await (await t.get("/analytics-settings")).json()).toEqual({
      time_zone: "UTC",
      retention_days: 400,
    });
  });

  test("are changed by who may write the organisation, and read by who may read its statistics", async () => {
    expect((await patch({ retention_days: 90 }, t.acme.headers)).status).toBe(403);
    expect((await patch({ retention_days: 90 }, undefined, "/v1/orgs/none/analytics-settings")).status).toBe(
      404,
    );
    expect((await t.call(path, { headers: t.rival.headers })).status).toBe(404);
    expect((await t.call(path, { headers: operatorHeaders(t.platform) })).status).toBe(403);
    const writer = await newMerchant(t, "writer", ["events:write"]);
    expect((await t.call("/v1/orgs/writer/analytics-settings", { headers: writer.headers })).status).toBe(
      403,
    );
  });
});

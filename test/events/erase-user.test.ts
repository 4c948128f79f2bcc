import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findOrg } from "../../src/db/queries/orgs.ts";
import type { AnalyticsEvent } from "../../src/domain/event.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { eraseUser } from "../../src/services/events/erase-user.ts";
import { recordEvents } from "../../src/services/events/record.ts";
import { forgetEvents, sweepRetention } from "../../src/services/events/retention.ts";
import { rowsOf } from "../catalogue/open-catalogue.ts";
import { memberOf, openEvents, seat } from "./open-events.ts";
import type { EventsApp } from "./open-events.ts";
import { readTables, recount } from "./recount.ts";
import type { Counted } from "./recount.ts";

const DAY = 86_400_000;
let t: EventsApp;
beforeEach(async () => {
  t = await openEvents();
});
afterEach(() => t.platform.close());

let lastId = 0;

function seen(userId: string, change: Partial<AnalyticsEvent> = {}): AnalyticsEvent {
  return {
    id: `event-${++lastId}`,
    type: "page_view",
    userId,
    userName: userId.toUpperCase(),
    isAnonymous: false,
    at: t.platform.clock.now() - 1_000,
    path: "/a",
    referrer: "b.example",
    properties: null,
    bot: null,
    ...change,
  };
}

async function record(events: readonly AnalyticsEvent[]): Promise<void> {
  await recordEvents(openMemoryDeps(t.platform), t.acme.orgId, events);
  await t.fold();
}

async function erase(userId: string, role: "owner" | "analyst" = "owner"): Promise<void> {
  const deps = openMemoryDeps(t.platform);
  await seat(t.platform.client, t.acme.orgId, "user_1", role);
  await eraseUser({ ...deps, actor: memberOf(t.acme.orgId, role) }, { org: "acme", userId });
  await deps.lifetime.settle();
}

async function expectCounted(events: readonly AnalyticsEvent[]): Promise<void> {
  await expectTables(events.map((event) => ({ event, forgotten: false, erased: false })));
}

async function expectTables(counted: readonly Counted[]): Promise<void> {
  const firstMinute = Math.floor(t.platform.clock.now() / 60_000) - 180;
  expect(await readTables(t.platform.client, 1, firstMinute)).toEqual(recount(counted, firstMinute));
}

test("nothing of the user is left, in any table", async () => {
  const kept = [seen("bob"), seen("bob", { type: "login" })];
  await record([...kept, seen("ann"), seen("ann", { bot: "webdriver" }), seen("ann", { path: "/only" })]);
  await erase("ann");
  await expectCounted(kept);
  const { rows } = await t.platform.client.execute("SELECT name FROM sqlite_schema WHERE type = 'table'");
  for (const { name } of rows) {
    const held = JSON.stringify(await rowsOf(t, `SELECT * FROM "${String(name)}"`));
    expect(held, String(name)).not.toMatch(/\bann\b|ANN/);
  }
});

test("what the user did before stays away, what comes after counts", async () => {
  const before = [seen("ann"), seen("ann")];
  await record(before);
  await erase("ann");
  await record(before);
  await expectCounted([]);
  t.platform.clock.advance(60_000);
  const after = seen("ann");
  await record([after, ...before]);
  await expectCounted([after]);
});

test("events that wait to be folded in stay away too", async () => {
  await recordEvents(openMemoryDeps(t.platform), t.acme.orgId, [seen("ann"), seen("bob")]);
  await erase("ann");
  await t.fold();
  expect(await rowsOf(t, "SELECT id FROM org_users")).toEqual([{ id: "bob" }]);
});

test("erasing again, or nobody, changes nothing", async () => {
  const kept = [seen("bob")];
  await record([...kept, seen("ann")]);
  for (const user of ["ann", "ann", "nobody"]) await erase(user);
  await expectCounted(kept);
});

test("of a user with many events the name is gone at once, and jobs remove the rest", async () => {
  const many = Array.from({ length: 12_500 }, (_, i) =>
    seen("ann", { at: t.platform.clock.now() - i * 1_000 }),
  );
  const kept = [seen("bob")];
  await record([...kept, ...many]);
  await erase("ann");
  expect(await rowsOf(t, "SELECT id FROM org_users WHERE is_anonymous = 0")).toEqual([{ id: "bob" }]);
  expect(await rowsOf(t, "SELECT count(*) AS n FROM events")).toEqual([{ n: 2_501 }]);
  await t.fold();
  await expectCounted(kept);
});

test("many events of one moment are removed with their user", async () => {
  const at = t.platform.clock.now() - 1_000;
  await record(Array.from({ length: 2_500 }, () => seen("ann", { at })));
  await erase("ann");
  await expectCounted([]);
});

test("days and version tell that something changed", async () => {
  await record([seen("ann", { at: t.platform.clock.now() - 3 * DAY }), seen("bob")]);
  await erase("ann");
  const day = Math.floor(t.platform.clock.now() / DAY);
  expect(await rowsOf(t, "SELECT day, version FROM analytics_days ORDER BY day")).toEqual([
    { day: day - 3, version: 2 },
    { day, version: 1 },
  ]);
  expect(await rowsOf(t, "SELECT version FROM analytics_orgs")).toEqual([{ version: 2 }]);
});

test("an analyst may not erase, and another organisation is not there", async () => {
  await record([seen("ann")]);
  await expect(erase("ann", "analyst")).rejects.toMatchObject({ code: "forbidden" });
  const actor = memberOf("org_other", "owner");
  const stranger = { ...openMemoryDeps(t.platform), actor };
  await expect(eraseUser(stranger, { org: t.acme.orgId, userId: "ann" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await findOrg(openMemoryDeps(t.platform).db, "acme")).toBeDefined();
  expect(await rowsOf(t, "SELECT id FROM org_users")).toEqual([{ id: "ann" }]);
});

test("who was an admin a moment ago, and is no longer, may not erase", async () => {
  await record([seen("ann")]);
  const actor = memberOf(t.acme.orgId, "admin");
  const ask = () => eraseUser({ ...openMemoryDeps(t.platform), actor }, { org: "acme", userId: "ann" });
  await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  await seat(t.platform.client, t.acme.orgId, "user_1", "analyst");
  await expect(ask()).rejects.toMatchObject({ code: "forbidden" });
  expect(await rowsOf(t, "SELECT id FROM org_users")).toEqual([{ id: "ann" }]);
  expect(await rowsOf(t, "SELECT org FROM erased_users")).toEqual([]);
});

describe("retention", () => {
  test("forgets old events, keeps what they count for, and takes none of them again", async () => {
    const now = t.platform.clock.now();
    const old = Array.from({ length: 2_300 }, (_, i) => seen("ann", { at: now - 25 * DAY - i * 1_000 }));
    const young = [seen("ann"), seen("bob", { at: now - 25 * DAY, bot: "webdriver" })];
    await record([...old, ...young]);
    await t.platform.client.execute("UPDATE analytics_orgs SET retention_days = 20");
    const deps = openMemoryDeps(t.platform);
    await sweepRetention(deps);
    await t.fold();
    expect(await rowsOf(t, "SELECT count(*) AS n FROM events")).toEqual([{ n: 1 }]);
    const counted = [...old, ...young].map((event) => ({
      event,
      forgotten: event !== young[0],
      erased: false,
    }));
    await expectTables(counted);
    expect(await recordEvents(deps, t.acme.orgId, [old[0], young[0]])).toEqual(["too_old", "duplicate"]);
    await t.fold();
    await expectTables(counted);
  });

  test("what was forgotten is not taken again where events are kept for longer later", async () => {
    const old = seen("ann", { at: t.platform.clock.now() - 25 * DAY });
    await record([old]);
    const deps = openMemoryDeps(t.platform);
    await t.platform.client.execute("UPDATE analytics_orgs SET retention_days = 20");
    await forgetEvents(deps, 1);
    await t.platform.client.execute("UPDATE analytics_orgs SET retention_days = 400");
    expect(await recordEvents(deps, t.acme.orgId, [old])).toEqual(["too_old"]);
    await t.fold();
    expect(await rowsOf(t, "SELECT page_views, forgotten_page_views FROM org_users")).toEqual([
      { page_views: 1, forgotten_page_views: 1 },
    ]);
  });

  test("asks for a job once a day for each organisation", async () => {
    await record([seen("ann")]);
    const deps = openMemoryDeps(t.platform);
    const sent = () => t.platform.jobs.sent.filter(({ kind }) => kind === "events.forget").length;
    await sweepRetention(deps);
    await t.fold();
    await sweepRetention(deps);
    expect(sent()).toBe(1);
    t.platform.clock.advance(DAY);
    await sweepRetention(deps);
    await t.fold();
    await sweepRetention(deps);
    expect(sent()).toBe(2);
  });

  test("a user erased later is gone, but for the totals of what was forgotten", async () => {
    const old = seen("ann", { at: t.platform.clock.now() - 25 * DAY });
    const young = seen("ann");
    await record([old, young]);
    await t.platform.client.execute("UPDATE analytics_orgs SET retention_days = 20");
    await forgetEvents(openMemoryDeps(t.platform), 1);
    await erase("ann");
    await expectTables([{ event: old, forgotten: true, erased: true }]);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../src/domain/errors.ts";
import { openMemoryDeps, type MemoryDeps } from "../../src/platform/memory/open.ts";
import { sweepBacklog } from "../../src/services/events/fold.ts";
import { newMerchant, rowsOf } from "../catalogue/open-catalogue.ts";
import { problemOf } from "../http/open-app.ts";
import { event, openEvents } from "./open-events.ts";
import type { EventsApp } from "./open-events.ts";

let t: EventsApp;
beforeEach(async () => {
  t = await openEvents();
});
afterEach(() => t.platform.close());

const countersOf = (id: string) =>
  rowsOf(t, `SELECT name, logins, page_views, activities FROM org_users WHERE id = '${id}'`);

test("events are durable in one round trip, and counted by the job", async () => {
  await t.post([event()]);
  const response = await t.post([event(), event({ type: "login", user_name: "Zoë" })]);
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ accepted: 2, duplicates: 0, rejected: [] });
  expect(response.headers.get("server-timing")).toContain('desc="1 trip"');
  expect(await countersOf("u1")).toEqual([]);
  await t.fold();
  expect(await countersOf("u1")).toEqual([{ name: "Zoë", logins: 1, page_views: 2, activities: 0 }]);
});

test("the bad ones of a batch are named, the good ones kept", async () => {
  const events = [event(), event({ type: "click" }), 7, event({ at: "2025-11-01T00:00:00Z" }), event()];
  const answer = await (await t.post(events)).json();
  expect(answer).toMatchObject({
    accepted: 2,
    duplicates: 0,
    rejected: [
      { index: 1, code: "unknown_type" },
      { index: 2, code: "not_an_object" },
      { index: 3, code: "too_old", detail: "The event is 62 days old: at most 30 are taken" },
    ],
  });
});

describe("an id that comes again", () => {
  const first = event({ properties: { a: 1, b: 2 } });
  const same = { ...first, properties: { b: 2, a: 1 }, at: Date.UTC(2026, 0, 2, 3) };
  const other = { ...first, path: "/other" };

  test("in one batch is a duplicate, or a conflict", async () => {
    expect(await (await t.post([first, same, other])).json()).toMatchObject({
      accepted: 1,
      duplicates: 1,
      rejected: [{ index: 2, code: "conflict" }],
    });
  });

  test("after it was counted is a duplicate, or a conflict, and counts no more", async () => {
    await t.post([first]);
    await t.fold();
    expect(await (await t.post([other, same])).json()).toMatchObject({
      accepted: 0,
      duplicates: 1,
      rejected: [{ index: 0, code: "conflict" }],
    });
    await t.fold();
    expect(await countersOf("u1")).toMatchObject([{ page_views: 1 }]);
    expect(await rowsOf(t, "SELECT path FROM events")).toEqual([{ path: "/a" }]);
  });

  test("before it was counted counts once, and the first content holds", async () => {
    await t.post([first]);
    t.platform.clock.advance(1);
    expect(await (await t.post([other])).json()).toMatchObject({ accepted: 1 });
    await t.fold();
    expect(await rowsOf(t, "SELECT path FROM events")).toEqual([{ path: "/a" }]);
  });

  test("in another organisation is another event", async () => {
    const rival = await newMerchant(t, "rival", ["events:write"]);
    await t.post([first]);
    await t.fold();
    expect(await (await t.post([other], rival.headers)).json()).toMatchObject({ accepted: 1, rejected: [] });
    await t.fold();
    expect(await rowsOf(t, "SELECT org, page_views FROM org_users ORDER BY org")).toEqual([
      { org: 1, page_views: 1 },
      { org: 2, page_views: 1 },
    ]);
  });
});

describe("nothing is stored of", () => {
  test.each<[number, unknown]>([
    [422, { events: Array.from({ length: 1_001 }, () => event()) }],
    [422, { events: [] }],
    [422, { events: {} }],
    [422, {}],
    [422, []],
    [422, null],
    [422, { events: [event()], org: "rival" }],
    [413, { events: [event({ properties: { a: "x".repeat(1_048_576) } })] }],
  ])("a body that is a %i", async (status, body) => {
    const headers = { ...t.acme.headers, "content-type": "application/json" };
    const response = await t.call("/v1/events", { method: "POST", headers, body: JSON.stringify(body) });
    expect(await problemOf(response)).toMatchObject({ status });
    expect(await rowsOf(t, "SELECT 1 FROM event_batches")).toEqual([]);
  });

  test.each(['{"events":', "\u0000", '[{"id":1}'])("the text %j", async (body) => {
    const headers = { ...t.acme.headers, "content-type": "application/json" };
    expect((await t.call("/v1/events", { method: "POST", headers, body })).status).toBe(400);
  });

  test("properties nested without end: an error of that event", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const body = `{"events":[${JSON.stringify(event()).slice(0, -1)},"properties":{"a":${deep}}}]}`;
    const headers = { ...t.acme.headers, "content-type": "application/json" };
    const answer = await (await t.call("/v1/events", { method: "POST", headers, body })).json();
    expect(answer).toMatchObject({ accepted: 0, rejected: [{ code: "invalid_properties" }] });
  });
});

test("machines are counted apart, with the reason", async () => {
  await t.post([event(), event({ user_agent: "Googlebot/2.1" }), event({ user_agent: "" })]);
  await t.fold();
  expect(await countersOf("u1")).toMatchObject([{ page_views: 1 }]);
  expect(await rowsOf(t, "SELECT reason, events FROM bot_days ORDER BY reason")).toEqual([
    { reason: 0, events: 1 },
    { reason: 1, events: 1 },
  ]);
});

test("a burst asks for two folds, and misses nothing", async () => {
  for (let i = 0; i < 20; i++) {
    await t.post([event()]);
    t.platform.clock.advance(10);
  }
  expect(t.platform.jobs.sent).toHaveLength(2);
  await t.fold();
  expect(await countersOf("u1")).toMatchObject([{ page_views: 20 }]);
});

test("what a lost job left, the tick finds after ten seconds", async () => {
  await t.post([event()]);
  t.platform.jobs.queued = [];
  const deps = openMemoryDeps(t.platform);
  await sweepBacklog(deps);
  expect(t.platform.jobs.queued).toEqual([]);
  t.platform.clock.advance(10_001);
  await sweepBacklog(deps);
  await t.fold();
  expect(await countersOf("u1")).toMatchObject([{ page_views: 1 }]);
});

test("a key without the scope is a 403, no key a 401", async () => {
  const reader = await newMerchant(t, "reader", ["stats:read"]);
  expect((await t.post([event()], reader.headers)).status).toBe(403);
  expect((await t.post([event()], {})).status).toBe(401);
});

test("what the database does not take waits in the journal, and is a 503 without that", async () => {
  const broken = { ...t.platform.client, batch: () => Promise.reject(new Error("fetch failed")) };
  const headers = { ...t.acme.headers, "content-type": "application/json" };
  const body = JSON.stringify({ events: [event()] });
  await t.post([event()]);
  const { openDatabase } = await import("../../src/db/client.ts");
  const { newReceipt } = await import("../../src/ports/receipt.ts");
  const db = openDatabase(() => broken as never, newReceipt());
  const send = (overrides: Partial<MemoryDeps>) =>
    t.call("/v1/events", { method: "POST", headers, body }, { db, ...overrides });
  expect((await send({})).status).toBe(202);
  const blobs = { ...t.platform.blobs, put: () => Promise.reject(new AppError("unavailable", "away")) };
  expect((await send({ blobs: blobs as never })).status).toBe(503);
});

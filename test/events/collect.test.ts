import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../catalogue/open-catalogue.ts";
import { operatorHeaders, problemOf } from "../http/open-app.ts";
import { openEvents } from "./open-events.ts";
import type { EventsApp } from "./open-events.ts";

const PAGE = "https://shop.example";
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

let t: EventsApp;
let site: string;
beforeEach(async () => {
  t = await openEvents();
  const response = await t.call("/v1/orgs/acme/site-keys", {
    method: "POST",
    headers: { ...operatorHeaders(t.platform), "content-type": "application/json" },
    body: JSON.stringify({ name: "shop", origins: [PAGE] }),
  });
  site = ((await response.json()) as { id: string }).id;
});
afterEach(() => t.platform.close());

let lastId = 0;

function send(change: object = {}, headers: Record<string, string> = {}, address = "192.0.2.1") {
  const body = JSON.stringify({ site, id: `m${++lastId}`, type: "page_view", path: "/a?b=1", ...change });
  return t.call(
    "/v1/collect",
    {
      method: "POST",
      headers: {
        origin: PAGE,
        "user-agent": BROWSER,
        "content-type": "text/plain;charset=UTF-8",
        ...headers,
      },
      body,
    },
    { clientAddress: address },
  );
}

async function users(): Promise<Record<string, unknown>[]> {
  await t.fold();
  return rowsOf(t, "SELECT id, is_anonymous, page_views, activities FROM org_users ORDER BY number");
}

test("a page view is recorded at the server's time, for a visitor of the day", async () => {
  const response = await send({ referrer: "https://news.example/x" });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe(PAGE);
  expect(await users()).toEqual([
    { id: expect.stringMatching(/^v_[\w-]{22}$/), is_anonymous: 1, page_views: 1, activities: 0 },
  ]);
  expect(await rowsOf(t, "SELECT at, path, referrer, bot FROM events")).toEqual([
    { at: Date.UTC(2026, 0, 2, 3, 4, 5), path: "/a", referrer: "news.example", bot: 0 },
  ]);
});

test("a visitor is one for a day, by address and browser, and another on the next", async () => {
  await send();
  await send();
  await send({}, {}, "192.0.2.2");
  await send({}, { "user-agent": BROWSER.replace("140", "141") });
  expect(await users()).toHaveLength(3);
  t.platform.clock.advance(86_400_000);
  await send();
  expect(await users()).toHaveLength(4);
});

test("a user whom the page names is known, and an activity keeps its properties", async () => {
  await send({ user_id: "customer-42", type: "activity", properties: { name: "add to basket", price: 7 } });
  expect(await users()).toEqual([{ id: "customer-42", is_anonymous: 0, page_views: 0, activities: 1 }]);
  expect(await rowsOf(t, "SELECT properties FROM events")).toEqual([
    { properties: '{"name":"add to basket","price":7}' },
  ]);
});

test("going from page to page of the site is no referral", async () => {
  await send({ referrer: `${PAGE}/before` });
  await t.fold();
  expect(await rowsOf(t, "SELECT referrer FROM events")).toEqual([{ referrer: null }]);
});

test.each([
  ["webdriver", { bot: "webdriver" }, {}],
  ["user_agent", {}, { "user-agent": "Googlebot/2.1" }],
  ["no_user_agent", {}, { "user-agent": "" }],
  ["prefetch", {}, { "sec-purpose": "prefetch;prerender" }],
])("a machine is counted apart: %s", async (reason, change, headers) => {
  expect((await send(change, headers)).status).toBe(204);
  await t.fold();
  const reasons = ["user_agent", "no_user_agent", "webdriver", "prefetch"];
  expect(await rowsOf(t, "SELECT reason, events FROM bot_days")).toEqual([
    { reason: reasons.indexOf(reason), events: 1 },
  ]);
});

test.each<Record<string, string>>([{ dnt: "1" }, { "sec-gpc": "1" }])(
  "of who asks not to be tracked nothing is kept: %j",
  async (headers) => {
    expect((await send({}, headers)).status).toBe(204);
    expect(await rowsOf(t, "SELECT 1 FROM event_batches")).toEqual([]);
  },
);

describe("is refused:", () => {
  test.each<[number, object, Record<string, string>]>([
    [403, {}, { origin: "https://rival.example" }],
    [403, {}, { origin: "http://shop.example" }],
    [403, {}, { origin: "null" }],
    [404, { site: `site_${"0".repeat(32)}` }, {}],
    [404, { site: 7 }, {}],
    [404, { site: "' OR 1" }, {}],
    [422, { type: "login" }, {}],
    [422, { id: "" }, {}],
    [422, { path: "\u0000" }, {}],
    [422, { user_id: "x".repeat(201) }, {}],
    [413, { properties: { a: "x".repeat(16_384) } }, {}],
    [415, {}, { "content-type": "application/xml" }],
  ])("%i for %j %j", async (status, change, headers) => {
    const response = await send(change, headers);
    expect(await problemOf(response)).toMatchObject({ status });
    expect(await rowsOf(t, "SELECT 1 FROM event_batches")).toEqual([]);
  });

  test("no page of another origin may read why", async () => {
    const response = await send({}, { origin: "https://rival.example" });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("no origin at all", async () => {
    const body = JSON.stringify({ site, id: "m", type: "page_view" });
    const headers = { "content-type": "application/json" };
    expect((await t.call("/v1/collect", { method: "POST", headers, body })).status).toBe(403);
  });
});

test("a key costs a round trip once in 30 s, and a revoked one is refused after that", async () => {
  await send();
  expect((await send()).headers.get("server-timing")).toContain('desc="1 trip"');
  await t.platform.client.execute("UPDATE site_keys SET revoked_at = 1");
  expect((await send()).status).toBe(204);
  t.platform.clock.advance(30_001);
  expect((await send()).status).toBe(404);
});

import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
// Before the first request: the runner, unlike a bundle, loads modules by I/O, which one request cannot do for another.
import "../../src/services/accounts/better-auth.ts";

const ORIGIN = "https://vitrine.test";
const SITE = "https://site.example";

let cookie: string;
let site: string;

function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const given = body === undefined ? headers : { "content-type": "application/json", ...headers };
  const init = { method, headers: given, body: body === undefined ? undefined : JSON.stringify(body) };
  return exports.default.fetch(new Request(`${ORIGIN}${path}`, { ...init, redirect: "manual" }));
}

const asOwner = (method: string, path: string, body?: unknown) =>
  call(method, path, body, { cookie, origin: ORIGIN });

beforeAll(async () => {
  const account = { name: "Ada", email: "ada@events.example", password: "correct horse battery" };
  const signedUp = await call("POST", "/api/auth/sign-up/email", account);
  cookie = signedUp.headers.getSetCookie()[0].split(";")[0];
  expect((await asOwner("POST", "/v1/orgs", { name: "Counted", slug: "counted" })).status).toBe(201);
  const made = await asOwner("POST", "/v1/orgs/counted/site-keys", { name: "site", origins: [SITE] });
  site = ((await made.json()) as { id: string }).id;
});

interface Overview {
  totals: { logins: number; page_views: number; active_users: number };
}

async function totals(): Promise<Overview["totals"]> {
  return ((await (await asOwner("GET", "/v1/orgs/counted/overview")).json()) as Overview).totals;
}

describe("events in workerd", () => {
  it("go through the queue into counters, each once, and into the dashboard's page", async () => {
    const at = Date.now();
    const events = Array.from({ length: 40 }, (_, i) => ({
      id: `w${i}`,
      type: i % 4 === 0 ? "login" : "page_view",
      user_id: `customer-${i % 5}`,
      user_name: `Customer ${i % 5}`,
      path: "/lamps",
      at,
    }));
    const again = [0, 1].map(() => asOwner("POST", "/v1/events", { events }));
    for (const sent of await Promise.all(again)) expect(sent.status).toBe(202);
    const counted = { logins: 10, page_views: 30, active_users: 5 };
    await vi.waitFor(async () => expect(await totals()).toMatchObject(counted), {
      timeout: 5_000,
      interval: 200,
    });
    const page = await asOwner("GET", "/orgs/counted");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Customer 3");
    const csv = await (await asOwner("GET", "/v1/orgs/counted/users.csv?sort=name")).text();
    expect(csv.split("\r\n").slice(0, 2)).toEqual([
      "id,name,logins,page_views,activities,last_activity",
      `customer-0,Customer 0,2,6,0,${new Date(at).toISOString()}`,
    ]);
  });

  it("come from pages of the site that has the key, by the script that is served", async () => {
    const script = await call("GET", "/b.js");
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect((await script.text()).length).toBeLessThan(1_500);
    const etag = String(script.headers.get("etag"));
    expect((await call("GET", "/b.js", undefined, { "if-none-match": etag })).status).toBe(304);
    const before = (await totals()).page_views;
    const browser = {
      origin: SITE,
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101",
    };
    const message = { site, id: "first", type: "page_view", path: "/" };
    expect((await call("POST", "/v1/collect", message, browser)).status).toBe(204);
    const stolen = { ...browser, origin: "https://evil.example" };
    expect((await call("POST", "/v1/collect", { ...message, id: "second" }, stolen)).status).toBe(403);
    await vi.waitFor(async () => expect((await totals()).page_views).toBe(before + 1), {
      timeout: 5_000,
      interval: 200,
    });
  });

  it("are shown to nobody else", async () => {
    const page = await call("GET", "/orgs/counted", undefined, {});
    expect([page.status, page.headers.get("location")]).toEqual([303, "/sign-in?next=%2Forgs%2Fcounted"]);
    expect((await call("GET", "/v1/orgs/counted/overview")).status).toBe(401);
  });
});

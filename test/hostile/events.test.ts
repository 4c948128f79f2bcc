import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PASSWORD, personOf, postJson, signUp } from "../accounts/people.ts";
import type { Person } from "../accounts/people.ts";
import { runJobs } from "../events/open-events.ts";
import { openApp, problemOf } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

const SITE = "https://site.example";
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

let t: TestApp;
let ada: Person;
let bob: Person;
let site: string;
let bobsSite: string;
beforeAll(async () => {
  t = await openApp();
  [ada, bob] = [await signUp(t, "Ada"), await signUp(t, "Bob")];
  site = await newOrg("acme", ada, [SITE]);
  bobsSite = await newOrg("other", bob, ["https://bob.example"]);
});
afterAll(() => t.platform.close());

/** An organisation with a site key, whose id it answers. */
async function newOrg(slug: string, { bearer }: Person, origins: string[]): Promise<string> {
  expect((await postJson(t, "/v1/orgs", { name: slug, slug }, bearer)).status).toBe(201);
  const made = await postJson(t, `/v1/orgs/${slug}/site-keys`, { name: "site", origins }, bearer);
  return ((await made.json()) as { id: string }).id;
}

let lastId = 0;
const event = (change: object = {}) => ({
  id: `h${++lastId}`,
  type: "page_view",
  user_id: "u1",
  at: t.platform.clock.now(),
  ...change,
});
const send = (events: unknown) => postJson(t, "/v1/events", { events }, ada.bearer);

async function refusal(response: Response): Promise<[number, unknown]> {
  const { code } = await problemOf(response);
  return [response.status, code];
}

const DAY = 86_400_000;
const BAD_EVENTS: readonly [string, () => unknown][] = [
  ["not_an_object", () => null],
  ["not_an_object", () => []],
  ["unknown_field", () => JSON.parse(`{"__proto__": {"id": "x"}}`) as unknown],
  ["unknown_field", () => event({ org: "other" })],
  ["invalid_id", () => event({ id: "a\0b" })],
  ["invalid_id", () => event({ id: "\ud800" })],
  ["invalid_id", () => event({ id: "x".repeat(101) })],
  ["unknown_type", () => event({ type: "__proto__" })],
  ["unknown_type", () => event({ type: ["login"] })],
  ["invalid_user", () => event({ user_id: "\ufeff" })],
  // No path can name these: such a user could never be erased.
  ["invalid_user", () => event({ user_id: "." })],
  ["invalid_user", () => event({ user_id: ".." })],
  ["invalid_time", () => event({ at: "2026-02-30T00:00:00Z" })],
  ["invalid_time", () => event({ at: 1e308 })],
  ["invalid_time", () => event({ at: "+275760-09-13T00:00:00Z" })],
  ["in_future", () => event({ at: t.platform.clock.now() + 301_000 })],
  ["too_old", () => event({ at: t.platform.clock.now() - 31 * DAY })],
  ["too_old", () => event({ at: -1 })],
  ["invalid_path", () => event({ path: "http://[::1" })],
  ["invalid_referrer", () => event({ referrer: "<script>alert(1)</script>" })],
  ["invalid_referrer", () => event({ referrer: `https://${"a".repeat(300)}.example` })],
  ["invalid_properties", () => event({ properties: nested(200) })],
  ["invalid_properties", () => event({ properties: { "\ud800": 1 } })],
  ["properties_too_large", () => event({ properties: { a: "x".repeat(900_000) } })],
  ["invalid_name", () => event({ user_name: "a\u0000" })],
];

function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
}

test("events: what is bad is told by its place and code, and loses nothing of the rest", async () => {
  const bad = BAD_EVENTS.map(([, make]) => make());
  const response = await send([event(), ...bad, event()]);
  expect(response.status).toBe(202);
  const { accepted, rejected } = (await response.json()) as { accepted: number; rejected: object[] };
  expect(accepted).toBe(2);
  expect(rejected).toMatchObject(BAD_EVENTS.map(([code], i) => ({ index: i + 1, code })));
});

describe("events: the whole request is refused where", () => {
  const many = () => ({ events: Array.from({ length: 1_001 }, () => event()) });
  test.each<[string, () => unknown, number, string]>([
    ["there are 1,001", many, 422, "invalid_input"],
    ["there are none", () => ({ events: [] }), 422, "invalid_input"],
    ["it names an organisation", () => ({ events: [event()], org: "other" }), 422, "invalid_input"],
    ["it is a list", () => [event()], 422, "invalid_input"],
    ["it is over 1 MB", () => ({ events: [event({ path: "x".repeat(1_100_000) })] }), 413, "body_too_large"],
  ])("%s", async (_, body, status, code) => {
    expect(await refusal(await postJson(t, "/v1/events", body(), ada.bearer))).toEqual([status, code]);
  });

  test("another's organisation is asked for", async () => {
    const response = await postJson(t, "/v1/events?org=other", { events: [event()] }, ada.bearer);
    expect(await refusal(response)).toEqual([404, "not_found"]);
  });
});

describe("the script's messages are refused", () => {
  const collect = (change: object, headers: Record<string, string> = {}) => {
    const message = { site, id: `m${++lastId}`, type: "page_view", path: "/", ...change };
    return postJson(t, "/v1/collect", message, { origin: SITE, "user-agent": BROWSER, ...headers });
  };

  test.each<[string, () => object, Record<string, string>, number, string]>([
    ["from another site", () => ({}), { origin: "https://evil.example" }, 403, "forbidden"],
    ["from a sandboxed frame", () => ({}), { origin: "null" }, 403, "forbidden"],
    ["from an origin in other letters", () => ({}), { origin: SITE.toUpperCase() }, 403, "forbidden"],
    ["with another tenant's key", () => ({ site: bobsSite }), {}, 403, "forbidden"],
    ["with an unknown key", () => ({ site: `site_${"0".repeat(32)}` }), {}, 404, "not_found"],
    ["with an object as key", () => ({ site: {} }), {}, 404, "not_found"],
    ["about signing in", () => ({ type: "login" }), {}, 422, "invalid_input"],
    ["of a user whom no path can name", () => ({ user_id: ".." }), {}, 422, "invalid_input"],
    ["of 20 kB", () => ({ path: "x".repeat(20_000) }), {}, 413, "body_too_large"],
    [
      "as a form",
      () => ({}),
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "unsupported_media_type",
    ],
  ])("%s", async (_, change, headers, status, code) => {
    const response = await collect(change(), headers);
    if (status < 410) expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(await refusal(response)).toEqual([status, code]);
  });

  test("once the key is revoked, which another tenant cannot do", async () => {
    const revoke = (person: Person, org: string) =>
      t.call(`/v1/orgs/${org}/site-keys/${site}`, { method: "DELETE", headers: person.bearer });
    expect((await collect({})).status).toBe(204);
    expect((await revoke(bob, "acme")).status).toBe(404);
    expect((await revoke(bob, "other")).status).toBe(404);
    expect((await revoke(ada, "acme")).status).toBe(204);
    t.platform.clock.advance(31_000);
    expect(await refusal(await collect({}))).toEqual([404, "not_found"]);
  });
});

describe("the dashboard's routes refuse", () => {
  test.each([
    "users?sort=unknown",
    "users?sort=__proto__",
    "users?sort=",
    `users?q=${"x".repeat(5_000)}`,
    "users?q=%00",
    "users?active_since=yesterday",
    "users?active_since=2026-02-30T00:00:00Z",
    "users?limit=0",
    "users?limit=1e2",
    "users?cursor=x",
    `users?cursor=${"A".repeat(9_000)}`,
    "users.csv?sort=unknown",
    "overview?from=2026-03-01&to=2026-01-01",
    "overview?from=1926-01-01&to=2026-01-01",
    "overview?from=2016-01-01&to=2026-01-01&interval=hour",
    "overview?from=0001-01-01&to=9999-12-31&interval=month",
    "overview?from=-271821-04-20",
    "overview?from=2026-02-30",
    "overview?from=2026-01-01&from=2026-01-02",
    "overview?tz=../../etc/passwd",
    "overview?tz=%3Cscript%3E",
    "overview?tz=%00",
    "overview?tz=__proto__",
    "overview?tz=%2B05:30",
    `overview?tz=${"A".repeat(5_000)}`,
    "overview?interval=second",
    "overview?compare=__proto__",
  ])("%s", async (path) => {
    const response = await t.call(`/v1/orgs/acme/${path}`, { headers: ada.bearer });
    const [status, code] = await refusal(response);
    expect(status).toBe(400);
    expect(["bad_request", "bad_cursor"]).toContain(code);
  });

  test.each<[string, string, unknown, number]>([
    ["PATCH", "analytics-settings", { time_zone: "../../etc/passwd" }, 422],
    ["PATCH", "analytics-settings", { retention_days: 1e9 }, 422],
    ["PUT", "users/u1", { name: "\ud800" }, 422],
    ["PUT", "users/u1", { name: "\u202e" }, 422],
    ["PUT", "users/a%00b", { name: "Ada" }, 400],
    ["PUT", "users/%2e%2e", { name: "Ada" }, 404],
  ])("%s %s %j", async (method, path, body, status) => {
    const headers = { ...ada.bearer, "content-type": "application/json" };
    const response = await t.call(`/v1/orgs/acme/${path}`, { method, headers, body: JSON.stringify(body) });
    expect((await refusal(response))[0]).toBe(status);
  });

  test("another organisation's people and pages, under one's own path too", async () => {
    const asBob = await personOf(
      await postJson(t, "/api/auth/sign-in/email", { email: bob.email, password: PASSWORD }),
    );
    for (const path of ["users", "users.csv", "overview", "live", "analytics-settings"]) {
      const response = await t.call(`/v1/orgs/acme/${path}`, { headers: asBob.bearer });
      expect([path, ...(await refusal(response))]).toEqual([path, 404, "not_found"]);
    }
    const erased = await t.call("/v1/orgs/acme/users/u1", { method: "DELETE", headers: asBob.bearer });
    expect(erased.status).toBe(404);
    expect(
      (await t.call("/v1/orgs/other/users/u1", { method: "DELETE", headers: asBob.bearer })).status,
    ).toBe(204);
    await runJobs(t.platform);
    const list = await t.call("/v1/orgs/acme/users", { headers: ada.bearer });
    expect(((await list.json()) as { items: { id: string }[] }).items.map(({ id }) => id)).toContain("u1");
  });
});

test("a file of users that is a mine keeps its good lines, and no cell of the CSV is a formula", async () => {
  const lines = [
    '{"id":"=1+1","name":"@SUM(A1)"}',
    '{"id":"..","name":"Ada"}',
    '{"id":"a\\u0000"}',
    '{"__proto__":{"id":"x"}}',
    "null",
    "{".repeat(2_000),
    '{"id":"＝cmd","name":"-2+3"}',
  ];
  const headers = { ...ada.bearer, "content-type": "application/x-ndjson" };
  const init = { method: "POST", headers, body: lines.join("\n") };
  const report = (await (await t.call("/v1/orgs/acme/users/import", init)).json()) as {
    accepted: number;
    rejected: { line: number; code: string }[];
  };
  expect(report.accepted).toBe(2);
  expect(report.rejected.map(({ line, code }) => `${line} ${code}`)).toEqual([
    "2 invalid_id",
    "3 invalid_id",
    "4 unknown_field",
    "5 not_an_object",
    "6 invalid_json",
  ]);
  const csv = await (await t.call("/v1/orgs/acme/users.csv", { headers: ada.bearer })).text();
  expect(csv).toContain("'=1+1,'@SUM(A1),");
  expect(csv).toContain("'＝cmd,'-2+3,");
  expect(csv.match(/(?:^|,)"?[=@＝]/m)).toBeNull();
});

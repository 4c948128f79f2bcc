import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ORIGIN, openApp, problemOf, type TestApp } from "../http/open-app.ts";
import { signUp, type Person } from "./people.ts";

let t: TestApp;
let ada: Person;

beforeEach(async () => {
  t = await openApp({ config: { publicOrigin: "https://vitrine.example" } }, (app) => {
    app.post("/a-form", (c) => c.text(c.var.actor.kind));
    app.get("/who", (c) => c.text(c.var.actor.kind));
  });
  ada = await signUp(t, "Ada");
});
afterEach(() => t.platform.close());

const OWN_PAGES: Record<string, string>[] = [
  { "sec-fetch-site": "same-origin" },
  { origin: ORIGIN },
  { origin: "https://vitrine.example" },
];
const OTHERS: Record<string, string>[] = [
  {},
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "none" },
  { "sec-fetch-site": "cross-site", origin: ORIGIN },
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: `${ORIGIN}.evil.example` },
];

const end = (headers: Record<string, string>) =>
  t.call("/v1/me/sessions/ses_none", { method: "DELETE", headers });

describe("what a cookie may change", () => {
  test.each(OWN_PAGES)("is asked by this origin's pages: %j", async (headers) => {
    expect((await end({ ...ada.cookie, ...headers })).status).toBe(404);
  });

  test.each(OTHERS)("is refused to others: %j", async (headers) => {
    const response = await end({ ...ada.cookie, ...headers });
    expect(await problemOf(response)).toMatchObject({ status: 403, code: "forbidden" });
  });

  test.each(OTHERS)("is no matter to a bearer token: %j", async (headers) => {
    expect((await end({ ...ada.bearer, ...headers })).status).toBe(404);
  });

  test("includes signing out", async () => {
    const out = (headers: Record<string, string>) =>
      t.call("/api/auth/sign-out", { method: "POST", headers: { ...ada.cookie, ...headers } });
    expect((await out({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await t.call("/v1/me", { headers: ada.cookie })).status).toBe(200);
    expect((await out({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await t.call("/v1/me", { headers: ada.cookie })).status).toBe(401);
  });
});

test("reading with a cookie is open to navigation from anywhere", async () => {
  const headers = { ...ada.cookie, "sec-fetch-site": "cross-site" };
  expect((await t.call("/v1/me", { headers })).status).toBe(200);
});

test("no other origin may read with credentials", async () => {
  const response = await t.call("/v1/me", { headers: { ...ada.cookie, origin: "https://evil.example" } });
  expect(response.headers.get("access-control-allow-credentials")).toBeNull();
});

describe("pages", () => {
  const who = async (headers: Record<string, string>) => (await t.call("/who", { headers })).text();

  test("know who asks by the cookie alone", async () => {
    expect(await who(ada.cookie)).toBe("user");
    expect(await who({ cookie: `theme=dark; ${ada.cookie.cookie}; x=1` })).toBe("user");
    expect(await who(ada.bearer)).toBe("anonymous");
    expect(await who({ authorization: "garbage" })).toBe("anonymous");
    expect(await who({ cookie: "better-auth.session_token=%E0%A4%A" })).toBe("anonymous");
  });

  test("are shown to nobody in particular where the database is away", async () => {
    t.platform.client.close();
    expect(await who(ada.cookie)).toBe("anonymous");
  });

  test("take forms of their own origin alone, signed in or not", async () => {
    const post = (headers: Record<string, string>) => t.call("/a-form", { method: "POST", headers });
    for (const headers of OTHERS) expect((await post(headers)).status).toBe(403);
    for (const headers of OWN_PAGES) expect(await (await post(headers)).text()).toBe("anonymous");
    const own = { ...ada.cookie, origin: ORIGIN };
    expect(await (await post(own)).text()).toBe("user");
  });
});

test("a header counts before a cookie", async () => {
  const bob = await signUp(t, "Bob");
  const both = await t.call("/v1/me", { headers: { ...ada.bearer, ...bob.cookie } });
  expect(await both.json()).toMatchObject({ id: ada.id });
  const bad = await t.call("/v1/me", { headers: { authorization: "Bearer no", ...bob.cookie } });
  expect(bad.status).toBe(401);
});

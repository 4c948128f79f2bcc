import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { MemoryPlatformOptions } from "../../src/platform/memory/open.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { ORIGIN, openApp, problemOf, type TestApp } from "../http/open-app.ts";
import { callAndSettle, PASSWORD, personOf, postJson, signIn, signUp } from "./people.ts";

let t: TestApp;
const opened: TestApp[] = [];

async function open(options: MemoryPlatformOptions = {}): Promise<TestApp> {
  t = await openApp(options);
  opened.push(t);
  return t;
}
beforeEach(() => open());
afterEach(() => opened.splice(0).forEach(({ platform }) => platform.close()));

const ADA = { name: "Ada", email: "ada@shop.example", password: PASSWORD };
const tryIn = (email: string, password: string) =>
  postJson(t, "/api/auth/sign-in/email", { email, password });

/** The newest mail, once what was deferred has been done. */
async function mailed(): Promise<{ to: string; link: URL }> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const mail = t.platform.mailer.sent.at(-1);
  const link = /^https:\S+$/m.exec(mail?.text ?? "")?.[0];
  if (mail === undefined || link === undefined) throw new Error("No mail with a link was sent");
  return { to: mail.to, link: new URL(link) };
}

describe("signing in", () => {
  test("takes the address in any case, and the password as it is", async () => {
    await signUp(t, "Ada");
    expect((await tryIn("ADA@shop.example", PASSWORD)).status).toBe(200);
    expect((await tryIn(ADA.email, PASSWORD.toUpperCase())).status).toBe(401);
  });

  test("says the same of a wrong password and of an unknown address", async () => {
    await signUp(t, "Ada");
    const seen = [await tryIn(ADA.email, "wrong password"), await tryIn("eve@shop.example", PASSWORD)];
    const [wrong, unknown] = await Promise.all(seen.map(problemOf));
    expect(wrong).toMatchObject({ status: 401, code: "unauthorized" });
    expect({ ...unknown, request_id: wrong.request_id }).toEqual(wrong);
    expect(seen.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
  });

  test("does the same work for an unknown address, so that both take their time", async () => {
    await signUp(t, "Ada");
    const { passwords } = t.platform;
    const workFor = async (email: string) => {
      let hashes = 0;
      const counting = {
        hash: (password: string) => (hashes++, passwords.hash(password)),
        verify: (password: string, hash: string) => (hashes++, passwords.verify(password, hash)),
      };
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ email, password: "wrong password" });
      const init = { method: "POST", body, headers };
      const { trips } = await callAndSettle(t, "/api/auth/sign-in/email", init, { passwords: counting });
      return { hashes, trips };
    };
    const known = await workFor(ADA.email);
    expect(known).toEqual({ hashes: 1, trips: 2 });
    expect(await workFor("eve@shop.example")).toEqual(known);
  });

  test.each([
    [{ email: "ada", password: PASSWORD }, "email"],
    [{ email: ADA.email }, "password"],
    [{ email: ADA.email, password: "x".repeat(129) }, "password"],
    [{ email: { $ne: null }, password: PASSWORD }, "email"],
  ])("refuses %j", async (body, path) => {
    const problem = await problemOf(await postJson(t, "/api/auth/sign-in/email", body));
    expect(problem).toMatchObject({ status: 422, errors: [{ path }] });
  });
});

describe("signing up", () => {
  test.each([
    [{ ...ADA, password: "seven77" }, "password"],
    [{ ...ADA, password: "x".repeat(129) }, "password"],
    [{ ...ADA, name: "  " }, "name"],
    [{ ...ADA, name: "a\u0000b" }, "name"],
    [{ ...ADA, email: "ada@" }, "email"],
    [{ ...ADA, email: `${"a".repeat(250)}@shop.example` }, "email"],
  ])("refuses %j", async (body, path) => {
    const problem = await problemOf(await postJson(t, "/api/auth/sign-up/email", body));
    expect(problem).toMatchObject({ status: 422, code: "invalid_input", errors: [{ path }] });
  });

  test("takes any characters, and 8 of them", async () => {
    const body = { ...ADA, password: "ünïcödé🪑" };
    await personOf(await postJson(t, "/api/auth/sign-up/email", body));
    expect((await tryIn(ADA.email, "ünïcödé🪑".normalize("NFD"))).status).toBe(200);
  });

  test("keeps no password", async () => {
    await signUp(t, "Ada");
    const { rows } = await t.platform.client.execute("SELECT password FROM accounts");
    expect(String(rows[0].password)).toMatch(/^\$scrypt\$n=16,r=1,p=1\$/);
  });

  test("cannot choose what is the service's to say", async () => {
    const body = { ...ADA, id: "usr_1", emailVerified: true, role: "admin", createdAt: 0 };
    await personOf(await postJson(t, "/api/auth/sign-up/email", body));
    const { rows } = await t.platform.client.execute("SELECT id, email_verified, created_at FROM users");
    expect(rows).toMatchObject([{ email_verified: 0 }]);
    expect(rows[0].id).toMatch(/^usr_[0-9a-f]{32}$/);
    expect(rows[0].created_at).not.toBe(0);
  });

  test("makes one account of an address, however often and at once", async () => {
    const body = (i: number) => ({ ...ADA, email: i % 2 === 0 ? ADA.email : ADA.email.toUpperCase() });
    const all = Array.from({ length: 4 }, (_, i) => postJson(t, "/api/auth/sign-up/email", body(i)));
    const statuses = (await Promise.all(all)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409, 409]);
    const { rows } = await t.platform.client.execute("SELECT email FROM users");
    expect(rows).toMatchObject([{ email: ADA.email }]);
  });
});

describe("where addresses are confirmed", () => {
  beforeEach(() => open({ config: { emailConfirmation: true } }));
  const up = (body: object) => postJson(t, "/api/auth/sign-up/email", { ...ADA, ...body });

  /** As the form of the page sends it that the mailed link leads to. */
  function confirm(link: URL, password: string): Promise<Response> {
    const body = new URLSearchParams({ token: link.searchParams.get("token") ?? "", password });
    return t.call(link.pathname, { method: "POST", headers: { origin: ORIGIN }, body });
  }

  test("an account waits for its confirmation", async () => {
    expect(await (await up({})).json()).toMatchObject({ token: null, user: { emailVerified: false } });
    expect(await problemOf(await tryIn(ADA.email, PASSWORD))).toMatchObject({
      status: 403,
      code: "forbidden",
    });
    const { to, link } = await mailed();
    expect(to).toBe(ADA.email);
    expect(link.pathname).toBe("/verify-email");
    expect((await t.call(link.href)).status).toBe(200);
    expect((await tryIn(ADA.email, PASSWORD)).status).toBe(403);
    expect((await confirm(link, "not the password")).status).toBe(401);
    expect((await tryIn(ADA.email, PASSWORD)).status).toBe(403);
    const confirmed = await confirm(link, PASSWORD);
    expect([confirmed.status, confirmed.headers.get("location")]).toEqual([303, "/orgs"]);
    expect(confirmed.headers.getSetCookie().join()).toContain("session_token");
    expect((await tryIn(ADA.email, PASSWORD)).status).toBe(200);
    expect((await confirm(link, PASSWORD)).status).toBe(303);
  });

  test("a known address gets the answer of a new one, and its owner a mail", async () => {
    const first = (await (await up({})).json()) as Record<string, Record<string, unknown>>;
    const again = await up({ name: "Eve", password: "another password" });
    const second = (await again.json()) as typeof first;
    expect(Object.keys(second.user)).toEqual(Object.keys(first.user));
    expect(second).toMatchObject({ token: null, user: { name: "Eve", email: ADA.email } });
    expect(second.user.id).not.toBe(first.user.id);
    expect((await mailed()).link.pathname).toBe("/forgot-password");
    const { rows } = await t.platform.client.execute("SELECT name FROM users");
    expect(rows).toMatchObject([{ name: "Ada" }]);
  });

  test("a link that was tampered with confirms nothing", async () => {
    await up({});
    const { link } = await mailed();
    link.searchParams.set("token", `${link.searchParams.get("token")}x`);
    expect((await confirm(link, PASSWORD)).status).toBe(400);
    const query = `token=${link.searchParams.get("token")}`;
    const onward = await t.call(`/api/auth/verify-email?${query}&callbackURL=/sign-in`);
    expect(onward.headers.get("location")).toBe("/sign-in?error=invalid_link");
    expect(await problemOf(await t.call(`/api/auth/verify-email?${query}`))).toMatchObject({
      status: 400,
      code: "bad_request",
    });
    expect((await tryIn(ADA.email, PASSWORD)).status).toBe(403);
  });

  test.each(["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a b"])(
    "a link leads to no other place: %s",
    async (callbackURL) => {
      const query = new URLSearchParams({ token: "t", callbackURL });
      expect((await t.call(`/api/auth/verify-email?${query}`)).status).toBe(400);
    },
  );

  test("the link is mailed again, with one answer for all addresses", async () => {
    await up({});
    const count = t.platform.mailer.sent.length;
    const again = (email: string) => postJson(t, "/api/auth/send-verification-email", { email });
    expect(await (await again(ADA.email)).json()).toEqual({ status: true });
    expect(await (await again("eve@shop.example")).json()).toEqual({ status: true });
    expect(t.platform.mailer.sent.length).toBe(count + 1);
  });

  test("links lead to the public origin, whatever Host a client sends", async () => {
    await open({ config: { emailConfirmation: true, publicOrigin: "https://vitrine.example" } });
    await up({});
    expect((await mailed()).link.origin).toBe("https://vitrine.example");
    expect(ORIGIN).not.toBe("https://vitrine.example");
  });
});

describe("a new password", () => {
  const ask = (email: string) => postJson(t, "/api/auth/request-password-reset", { email });
  const reset = (token: string | null, newPassword: string) =>
    postJson(t, "/api/auth/reset-password", { token, newPassword });

  test("is set once by the mailed link, and ends all sessions", async () => {
    const ada = await signUp(t, "Ada");
    const other = await signIn(t, ada);
    expect((await t.call("/v1/me", { headers: other.bearer })).status).toBe(200);
    expect((await ask("ADA@shop.example")).status).toBe(200);
    const { to, link } = await mailed();
    expect([to, link.pathname]).toEqual([ADA.email, "/reset-password"]);
    const token = link.searchParams.get("token");
    expect((await reset(token, "short")).status).toBe(422);
    expect((await reset(token, "a new password")).status).toBe(200);
    for (const { bearer } of [ada, other])
      expect((await t.call("/v1/me", { headers: bearer })).status).toBe(401);
    expect((await tryIn(ADA.email, PASSWORD)).status).toBe(401);
    expect((await tryIn(ADA.email, "a new password")).status).toBe(200);
    expect(await problemOf(await reset(token, "once more"))).toMatchObject({
      status: 400,
      code: "bad_request",
    });
  });

  test("confirms the address, since its mailbox was read", async () => {
    await open({ config: { emailConfirmation: true } });
    await postJson(t, "/api/auth/sign-up/email", ADA);
    await ask(ADA.email);
    const { link } = await mailed();
    await reset(link.searchParams.get("token"), "a new password");
    expect((await tryIn(ADA.email, "a new password")).status).toBe(200);
  });

  test("is offered to no unknown address, in the same words, and not sooner", async () => {
    await signUp(t, "Ada");
    const started = performance.now();
    const [known, unknown] = await Promise.all([ask(ADA.email), ask("eve@shop.example")]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(495);
    expect(await unknown.text()).toBe(await known.text());
    expect(t.platform.mailer.sent.map(({ to }) => to)).toEqual([ADA.email]);
  });

  test("is not set by a made-up token", async () => {
    expect((await reset("made-up", "a new password")).status).toBe(400);
    expect((await reset(null, "a new password")).status).toBe(422);
  });
});

describe("attempts are counted", () => {
  const POLICY = { limit: 3, windowSeconds: 60 };
  beforeEach(() =>
    open({
      config: { rateLimits: true },
      rateLimits: { read: POLICY, write: POLICY, sensitive: POLICY },
    }),
  );
  const from = (clientAddress: string, email: string) =>
    postJson(t, "/api/auth/sign-in/email", { email, password: "wrong password" }, {}, { clientAddress });

  test("by client, whatever addresses it tries", async () => {
    const statuses: number[] = [];
    for (const name of ["a", "b", "c", "d"])
      statuses.push((await from("192.0.2.1", `${name}@shop.example`)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
  });

  test("by address, whatever clients try it, in any case", async () => {
    const seen: Response[] = [];
    for (const i of [1, 2, 3, 4])
      seen.push(await from(`192.0.2.${i}`, i % 2 ? ADA.email : "ADA@shop.example"));
    expect(seen.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(seen[3].headers.get("retry-after")).toBe("60");
    expect(await problemOf(seen[3])).toMatchObject({ code: "rate_limited" });
    expect((await from("192.0.2.9", "eve@shop.example")).status).toBe(401);
  });

  test("for links that are mailed, too", async () => {
    const statuses: number[] = [];
    for (const i of [1, 2, 3, 4]) {
      const overrides = { clientAddress: `192.0.2.${i}` };
      const body = { email: ADA.email };
      statuses.push((await postJson(t, "/api/auth/request-password-reset", body, {}, overrides)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

test("a database that is away is a 503", async () => {
  const { client } = t.platform;
  const deps = openMemoryDeps(t.platform);
  client.close();
  const body = JSON.stringify({ email: ADA.email, password: PASSWORD });
  const headers = { "content-type": "application/json" };
  const request = new Request(`${ORIGIN}/api/auth/sign-in/email`, { method: "POST", body, headers });
  expect(await problemOf(await t.app.fetch(request, deps))).toMatchObject({
    status: 503,
    code: "unavailable",
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PASSWORD, personOf, postJson, signUp } from "../accounts/people.ts";
import type { Person } from "../accounts/people.ts";
import { ORIGIN, openApp, problemOf } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";

const SIGN_UP = "/api/auth/sign-up/email";
const SIGN_IN = "/api/auth/sign-in/email";
const LINK = "/api/auth/request-password-reset";
const CONFIRM = "/api/auth/send-verification-email";
const FORM = "application/x-www-form-urlencoded";

let t: TestApp;
let ada: Person;
beforeAll(async () => {
  t = await openApp();
  ada = await signUp(t, "Ada");
});
afterAll(() => t.platform.close());

async function refusal(response: Response): Promise<[number, unknown]> {
  const { code } = await problemOf(response);
  return [response.status, code];
}

describe("accounts refuse", () => {
  const good = { name: "Eve", email: "eve@shop.example", password: PASSWORD };

  test.each([
    ["address in other letters", { email: "ADA@shop.example" }, 409, "conflict"],
    ["address with a Cyrillic letter", { email: "аda@shop.example" }, 422, "invalid_input"],
    ["address with a line break", { email: "eve@shop.example\r\nBcc: a@b.example" }, 422, "invalid_input"],
    ["address with a NUL", { email: "eve@shop.example\0" }, 422, "invalid_input"],
    ["list of addresses", { email: ["eve@shop.example"] }, 422, "invalid_input"],
    ["query in place of an address", { email: { $ne: null } }, 422, "invalid_input"],
    // HMAC pads its key with NULs: what ends in one would be another's password too.
    ["password with a NUL", { password: `${PASSWORD}\0` }, 422, "invalid_input"],
    ["password with half a character", { password: "\ud800 horse battery" }, 422, "invalid_input"],
    ["password of a megabyte", { password: "x".repeat(900_000) }, 422, "invalid_input"],
    ["name with half a character", { name: "\ud800" }, 422, "invalid_input"],
    ["name that nobody sees", { name: "\u200b\u202e" }, 422, "invalid_input"],
    ["name that turns what follows around", { name: "Ada \u202egro.live" }, 422, "invalid_input"],
  ])("an %s", async (_, change, status, code) => {
    expect(await refusal(await postJson(t, SIGN_UP, { ...good, ...change }))).toEqual([status, code]);
  });

  test("a password with something behind it", async () => {
    const given = { email: ada.email, password: `${PASSWORD}\0` };
    expect(await refusal(await postJson(t, SIGN_IN, given))).toEqual([422, "invalid_input"]);
  });

  test.each(["text/plain", FORM, "multipart/form-data; boundary=x", "application/json; charset=utf-16", ""])(
    "signing in by %j, which other sites' forms can send",
    async (type) => {
      const body = new TextEncoder().encode(JSON.stringify({ email: ada.email, password: PASSWORD }));
      const response = await t.call(SIGN_IN, { method: "POST", body, headers: { "content-type": type } });
      expect(await refusal(response)).toEqual([415, "unsupported_media_type"]);
      expect(response.headers.getSetCookie()).toEqual([]);
    },
  );

  test("what a client says of its own rights", async () => {
    const more = { emailVerified: true, id: "usr_x", role: "owner", callbackURL: "https://evil.example" };
    const response = await postJson(t, SIGN_UP, { ...good, ...more });
    const { user } = (await response.json()) as { user: { id: string; emailVerified: boolean } };
    expect([user.id === "usr_x", user.emailVerified]).toEqual([false, false]);
  });
});

test("a session that was there before signing in is not the one made by it", async () => {
  const headers = { ...ada.cookie, origin: ORIGIN };
  const again = await personOf(await postJson(t, SIGN_IN, { email: ada.email, password: PASSWORD }, headers));
  expect(again.cookie).not.toEqual(ada.cookie);
});

test.each([
  "//evil.example",
  "\\\\evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  " //evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/api/auth/sign-out",
])("signing in at ?next=%s leads to the organisations", async (next) => {
  const body = new URLSearchParams({ email: ada.email, password: PASSWORD, next }).toString();
  const headers = { "content-type": FORM, origin: ORIGIN };
  const posted = await t.call("/sign-in", { method: "POST", body, headers });
  expect([posted.status, posted.headers.get("location")]).toEqual([303, "/orgs"]);
  const shown = await t.call(`/sign-in?${new URLSearchParams({ next })}`, { headers: ada.cookie });
  expect([shown.status, shown.headers.get("location")]).toEqual([303, "/orgs"]);
});

test("the token of a session that ended opens none of the documented routes", async () => {
  const gone = await signUp(t, "Gone");
  await t.call("/api/auth/sign-out", { method: "POST", headers: gone.bearer });
  const document = (await (await t.call("/openapi.json")).json()) as { paths: Record<string, object> };
  const without = /^\/(?:healthz|readyz|openapi\.json|docs|b\.js|pictures|i\/)/;
  const paths = Object.entries(document.paths).filter(([path]) => !without.test(path));
  expect(paths.length).toBeGreaterThan(40);
  for (const [path, operations] of paths) {
    for (const method of Object.keys(operations)) {
      const init = { method: method.toUpperCase(), headers: gone.bearer };
      const { status } = await t.call(path.replaceAll(/\{\w+\}/g, "x"), init);
      expect([path, method, status]).toEqual([path, method, 401]);
    }
  }
});

describe("where addresses are confirmed", () => {
  let shut: TestApp;
  beforeAll(async () => {
    shut = await openApp({ config: { emailConfirmation: true, environment: "production" } });
    await postJson(shut, SIGN_UP, { name: "Ada", email: "ada@shop.example", password: PASSWORD });
    await confirm("ada@shop.example");
  });
  afterAll(() => shut.platform.close());

  /** The token of the newest link that went to an address. */
  function linkTo(email: string): string {
    const mails = shut.platform.mailer.sent.filter(({ to, text }) => to === email && text.includes("token="));
    return /token=([^\s&]+)/.exec(mails.at(-1)?.text ?? "")?.[1] ?? "none";
  }

  async function confirm(email: string): Promise<void> {
    const response = await shut.call(`/api/auth/verify-email?token=${linkTo(email)}`);
    expect(response.status).toBe(200);
  }

  const setPassword = (token: string, password: string) =>
    postJson(shut, "/api/auth/reset-password", { token, newPassword: password });

  test.each([
    [SIGN_UP, { name: "Eve", password: PASSWORD }],
    [LINK, {}],
    [CONFIRM, {}],
    [SIGN_IN, { password: "a wrong password" }],
    ["/forgot-password", null],
  ])("%s tells nobody whether an address is known", async (path, more) => {
    const told = async (email: string) => {
      const body = more === null ? new URLSearchParams({ email }).toString() : undefined;
      const init = { method: "POST", body, headers: { "content-type": FORM, origin: ORIGIN } };
      const response = await (body === undefined
        ? postJson(shut, path, { ...more, email })
        : shut.call(path, init));
      const shown = (await response.text()).replaceAll(/usr_\w+|"createdAt":"[^"]+"|"[\w-]{36}"/g, "");
      const timing = response.headers.get("server-timing")?.replaceAll(/dur=[\d.]+/g, "");
      const { status, headers } = response;
      return { status, shown: shown.replaceAll(email, ""), timing, names: [...headers.keys()] };
    };
    const emails = ["ada@shop.example", `unknown-${path.length}@shop.example`];
    const [known, unknown] = await Promise.all(emails.map(told));
    expect(known).toEqual(unknown);
    // How many round trips there were, and how long they took, would tell.
    expect(known.timing).toBe("total;");
  });

  test("a new password ends all links that were mailed before", async () => {
    const email = "ada@shop.example";
    await postJson(shut, LINK, { email });
    const first = linkTo(email);
    await postJson(shut, LINK, { email });
    const second = linkTo(email);
    expect(second).not.toBe(first);
    expect((await setPassword(second, "the new password")).status).toBe(200);
    for (const used of [first, second])
      expect(await refusal(await setPassword(used, "another password"))).toEqual([400, "bad_request"]);
    expect((await postJson(shut, SIGN_IN, { email, password: "the new password" })).status).toBe(200);
  });

  test("who signs up with an invited address gets its seat only by reading its mail", async () => {
    const password = "the new password";
    const owner = await personOf(await postJson(shut, SIGN_IN, { email: "ada@shop.example", password }));
    await postJson(shut, "/v1/orgs", { name: "Acme", slug: "acme" }, owner.bearer);
    const email = "victim@shop.example";
    const invited = await postJson(shut, "/v1/orgs/acme/members", { email, role: "admin" }, owner.bearer);
    expect(invited.status).toBe(202);
    await postJson(shut, SIGN_UP, { name: "Eve", email: email.toUpperCase(), password: "the thief's own" });
    const thief = { email, password: "the thief's own" };
    expect(await refusal(await postJson(shut, SIGN_IN, thief))).toEqual([403, "forbidden"]);
    await postJson(shut, LINK, { email });
    expect((await setPassword(linkTo(email), "the victim's own")).status).toBe(200);
    expect(await refusal(await postJson(shut, SIGN_IN, thief))).toEqual([401, "unauthorized"]);
    const victim = await postJson(shut, SIGN_IN, { email, password: "the victim's own" });
    const me = await shut.call("/v1/me", { headers: (await personOf(victim)).bearer });
    expect(await me.json()).toMatchObject({ memberships: [{ role: "admin" }] });
  });

  test("a cookie that a neighbour under the same domain set is none of ours", async () => {
    await postJson(shut, LINK, { email: "ada@shop.example" });
    await setPassword(linkTo("ada@shop.example"), PASSWORD);
    const response = await postJson(shut, SIGN_IN, { email: "ada@shop.example", password: PASSWORD });
    const [cookie] = response.headers.getSetCookie();
    // Browsers take `__Host-` from the host itself alone, for all its paths.
    expect(cookie).toMatch(
      /^__Host-better-auth\.session_token=[^;]+; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const [pair] = cookie.split(";");
    const who = async (cookies: string) =>
      (await shut.call("/v1/me", { headers: { cookie: cookies } })).status;
    expect(await who(pair)).toBe(200);
    expect(await who(pair.replace("__Host-", "__Secure-"))).toBe(401);
    expect(await who(`__Secure-better-auth.session_token=evil; ${pair}`)).toBe(200);
  });
});

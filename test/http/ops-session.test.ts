import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operatorToken } from "../../src/services/operations/operator-session.ts";
import { FaultyPlatform } from "../faults/faulty-platform.ts";
import { openApp, operatorHeaders, type TestApp } from "./open-app.ts";
import { cookieOf, form, isOperatorIn, signInOperator } from "./ops-visit.ts";

const MINUTE = 60_000;
let t: TestApp;
beforeEach(async () => {
  t = await openApp();
});
afterEach(() => t.platform.close());

describe("the operator's session", () => {
  it("is a cookie that scripts cannot read, for this site's own requests alone", async () => {
    const [cookie] = (
      await t.call("/ops/sign-in", form({ key: String(t.platform.config.operatorKey) }))
    ).headers.getSetCookie();
    expect(cookie).toMatch(/^vitrine-operator=[^;]+; Max-Age=1800; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(t.platform.config.operatorKey);
    const production = await openApp({ config: { environment: "production" } });
    const key = String(production.platform.config.operatorKey);
    const [secure] = (await production.call("/ops/sign-in", form({ key }))).headers.getSetCookie();
    expect(secure).toMatch(
      /^__Host-vitrine-operator=[^;]+; Max-Age=1800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    production.platform.close();
  });

  it("is given to nobody for another key, which no page shows again", async () => {
    for (const key of ["", "wrong-key-of-somebody", `${t.platform.config.operatorKey}x`]) {
      const refused = await t.call("/ops/sign-in", form({ key }));
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([401, []]);
      const html = await refused.text();
      expect(html).toContain("This is not the operator&#39;s key");
      if (key !== "") expect(html).not.toContain(key);
    }
  });

  it("ends after half an hour without a look, and after twelve hours whatever is looked at", async () => {
    let headers = await signInOperator(t);
    t.platform.clock.advance(31 * MINUTE);
    expect(await isOperatorIn(t, headers)).toBe(false);
    headers = await signInOperator(t);
    for (let i = 0; i < 29; i++) {
      t.platform.clock.advance(25 * MINUTE);
      const answer = await t.call("/ops", { headers });
      expect([i, answer.status]).toEqual([i, i < 28 ? 200 : 303]);
      if (answer.status === 200) headers = cookieOf(answer);
    }
  });

  it("ends everywhere by signing out", async () => {
    const headers = await signInOperator(t);
    const out = await t.call("/ops/sign-out", form({}, headers));
    expect(out.headers.get("location")).toBe("/ops/sign-in?done=signed-out");
    expect(out.headers.getSetCookie()[0]).toContain("Max-Age=0");
    expect(await isOperatorIn(t, headers)).toBe(false);
  });

  it("ends with the key it was opened with, and holds while that one is being replaced", async () => {
    const headers = await signInOperator(t);
    const { config } = t.platform;
    const next = "the-next-operator-key-0123456789";
    const rotating = { config: { ...config, operatorKey: next, nextOperatorKey: config.operatorKey } };
    expect((await t.call("/ops", { headers }, rotating)).status).toBe(200);
    const rotated = { config: { ...config, operatorKey: next, nextOperatorKey: null } };
    expect((await t.call("/ops", { headers }, rotated)).status).toBe(303);
    const none = { config: { ...config, operatorKey: null, nextOperatorKey: null } };
    expect((await t.call("/ops", { headers }, none)).status).toBe(303);
  });

  it("cannot be made or stretched without the deployment's secret", async () => {
    const { cookie } = await signInOperator(t);
    const [name, token] = cookie.split("=");
    const [id, started, expires, mac] = token.split(".");
    const later = String(Number(expires) + 60 * MINUTE);
    const forged = [
      `${id}.${started}.${later}.${mac}`,
      `${id}.${later}.${expires}.${mac}`,
      `${id}.${started}.${expires}.${mac.slice(1)}A`,
      `${id}.${started}.${expires}`,
      token.toLowerCase(),
      "",
      "%00",
      "a".repeat(5_000),
    ];
    for (const one of forged) expect(await isOperatorIn(t, { cookie: `${name}=${one}` })).toBe(false);
    const elsewhere = { ...t.platform.config, secret: "another secret that is as long as it must be" };
    const session = { id, startedAt: Number(started), expiresAt: Number(expires), keyHash: "" };
    expect(await isOperatorIn(t, { cookie: `${name}=${operatorToken(elsewhere, session)}` })).toBe(false);
  });

  it("stays while KV is away", async () => {
    const headers = await signInOperator(t);
    const away = (): Promise<never> => Promise.reject(new Error("KV is away"));
    const kv = { get: away, put: away, delete: away };
    expect((await t.call("/ops", { headers }, { kv })).status).toBe(200);
    expect((await t.call("/ops/sign-out", form({}, headers), { kv })).status).toBe(303);
  });

  it("is a line of the audit log, and no refused attempt is", async () => {
    await t.call("/ops/sign-in", form({ key: "guess" }));
    await t.call("/ops/sign-in", form({ key: String(t.platform.config.operatorKey) }));
    const log = await t.call("/v1/admin/audit", { headers: operatorHeaders(t.platform) });
    const { items } = (await log.json()) as { items: unknown[] };
    expect(items).toMatchObject([{ action: "operator.signed_in", actor: "operator" }]);
  });
});

it("begins while the database is away, which the log tells", async () => {
  const shop = await FaultyPlatform.open();
  shop.faults.database.kind = "away";
  const key = String(shop.platform.config.operatorKey);
  const answer = await shop.call("/ops/sign-in", form({ key }));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/ops"]);
  expect(JSON.stringify(shop.platform.log.lines)).toContain("operator_sign_in_unrecorded");
  shop.close();
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { seal, sealedPrefix, unseal } from "../../src/domain/sealed.ts";
import { secretId } from "../../src/domain/secret-keys.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { tick } from "../../src/queue/tick.ts";
import { answerContext } from "../../src/services/idempotency/replay.ts";
import { sealContext } from "../../src/services/webhooks/signature.ts";
import { personOf, postJson, signIn, signUp, type Person } from "../accounts/people.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";
import { rollOut } from "./rollout.ts";

const OLD = "a secret of the tests, long enough to sign";
const NEW = "the secret that takes its place, long enough";
const OTHER = "a secret that this deployment never had at all";
const DAY_MS = 86_400_000;

let t: TestApp;
let ada: Person;
let org: string;
beforeEach(async () => {
  t = await openApp({ config: { secret: OLD } });
  ada = await signUp(t, "Ada");
  const made = await postJson(t, "/v1/orgs", { name: "Acme", slug: "acme" }, ada.bearer);
  org = ((await made.json()) as { id: string }).id;
  await tick(openMemoryDeps(t.platform));
});
afterEach(() => t.platform.close());

function rotate(): void {
  rollOut(t.platform, { secret: NEW, previousSecrets: [OLD] });
}

function drop(): void {
  rollOut(t.platform, { secret: NEW, previousSecrets: [] });
}

async function status(path: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  return (await t.call(path, { method, headers })).status;
}

async function nextOf(path: string): Promise<string> {
  const page = (await (await t.call(path, { headers: ada.bearer })).json()) as { next_cursor: string };
  return page.next_cursor;
}

async function newHook(): Promise<{ id: string; secret: string }> {
  const body = { url: "https://acme.example/hook", events: ["image.ready"] };
  return (await (await postJson(t, `/v1/orgs/${org}/webhooks`, body, ada.bearer)).json()) as {
    id: string;
    secret: string;
  };
}

async function sealedOf(id: string): Promise<string> {
  const { rows } = await t.platform.client.execute({
    sql: "SELECT secret FROM webhooks WHERE id = ?",
    args: [id],
  });
  return String(rows[0].secret);
}

async function reseal(): Promise<{ resealed: number; unreadable: number }> {
  const sum = { resealed: 0, unreadable: 0 };
  for (let cursor: string | null = ""; cursor !== null;) {
    const query = cursor === "" ? "" : `?cursor=${cursor}`;
    const init = { method: "POST", headers: operatorHeaders(t.platform) };
    const answer = await t.call(`/v1/admin/secrets/reseal${query}`, init);
    const one = (await answer.json()) as typeof sum & { next_cursor: string | null };
    sum.resealed += one.resealed;
    sum.unreadable += one.unreadable;
    cursor = one.next_cursor;
  }
  return sum;
}

async function secrets(): Promise<Record<string, unknown>> {
  const answer = await t.call("/v1/admin/secrets", { headers: operatorHeaders(t.platform) });
  return (await answer.json()) as Record<string, unknown>;
}

describe("a new secret, while the one before still verifies,", () => {
  test("ends no session, by header or by cookie", async () => {
    const other = await signIn(t, ada);
    rotate();
    expect(await status("/v1/me", ada.bearer)).toBe(200);
    expect(await status("/v1/me", other.cookie)).toBe(200);
  });

  test("lets such a session be ended by signing out", async () => {
    const other = await signIn(t, ada);
    rotate();
    expect(await status("/api/auth/sign-out", ada.bearer, "POST")).toBe(200);
    expect(await status("/v1/me", ada.bearer)).toBe(401);
    const page = { ...other.cookie, "sec-fetch-site": "same-origin" };
    expect(await status("/api/auth/sign-out", page, "POST")).toBe(200);
    expect(await status("/v1/me", other.cookie)).toBe(401);
  });

  test("signs new sessions, which need the old one no more", async () => {
    rotate();
    const fresh = await signIn(t, ada);
    drop();
    expect(await status("/v1/me", fresh.bearer)).toBe(200);
    expect(await status("/v1/me", ada.bearer)).toBe(401);
  });

  test("takes cursors of before", async () => {
    for (const slug of ["acme-2", "acme-3"]) await postJson(t, "/v1/orgs", { name: slug, slug }, ada.bearer);
    const cursor = await nextOf("/v1/orgs?limit=1");
    rotate();
    expect(await status(`/v1/orgs?limit=1&cursor=${cursor}`, ada.bearer)).toBe(200);
    const fresh = await nextOf("/v1/orgs?limit=1");
    drop();
    const again = await signIn(t, ada);
    expect(await status(`/v1/orgs?limit=1&cursor=${fresh}`, again.bearer)).toBe(200);
    const old = await t.call(`/v1/orgs?limit=1&cursor=${cursor}`, { headers: again.bearer });
    expect(await problemOf(old)).toMatchObject({ code: "bad_cursor" });
  });

  test("replays kept answers", async () => {
    const headers = { ...ada.bearer, "idempotency-key": "k1" };
    const body = { name: "importer", scopes: ["stats:read"] };
    const first = await (await postJson(t, `/v1/orgs/${org}/api-keys`, body, headers)).json();
    rotate();
    const again = await postJson(t, `/v1/orgs/${org}/api-keys`, body, headers);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.json()).toEqual(first);
    drop();
    const { bearer } = await signIn(t, ada);
    const after = await postJson(t, `/v1/orgs/${org}/api-keys`, body, { ...headers, ...bearer });
    expect(await problemOf(after)).toMatchObject({ status: 409, code: "conflict" });
    const { rows } = await t.platform.client.execute("SELECT count(*) AS n FROM api_keys");
    expect(rows[0].n).toBe(1);
  });

  test("opens webhooks' secrets", async () => {
    const hook = await newHook();
    rotate();
    expect(await unseal(t.platform.config, sealContext(hook.id), await sealedOf(hook.id))).toBe(hook.secret);
    drop();
    await expect(unseal(t.platform.config, sealContext(hook.id), await sealedOf(hook.id))).rejects.toThrow(
      "not configured",
    );
  });

  test("takes the link of a mail that confirms an address", async () => {
    rollOut(t.platform, { emailConfirmation: true });
    const account = { name: "Bob", email: "bob@shop.example", password: "correct horse battery" };
    await postJson(t, "/api/auth/sign-up/email", account, {}, {});
    const mail = t.platform.mailer.sent.find(({ to }) => to === account.email);
    const token = /token=([\w.-]+)/.exec(mail?.text ?? "")?.[1];
    rotate();
    const confirm = { token, password: account.password };
    const answer = await t.call("/verify-email", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://shop.example" },
      body: new URLSearchParams(confirm as Record<string, string>),
    });
    expect(answer.status).toBe(303);
    const bob = await personOf(await postJson(t, "/api/auth/sign-in/email", account));
    expect(bob.name).toBe("Bob");
  });

  test("takes such a link no more once the old secret is gone", async () => {
    rollOut(t.platform, { emailConfirmation: true });
    const account = { name: "Bob", email: "bob@shop.example", password: "correct horse battery" };
    await postJson(t, "/api/auth/sign-up/email", account, {}, {});
    const mail = t.platform.mailer.sent.find(({ to }) => to === account.email);
    const token = /token=([\w.-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(token).not.toBe("");
    drop();
    expect(await status(`/api/auth/verify-email?token=${token}`, {})).toBeGreaterThanOrEqual(300);
    const { rows } = await t.platform.client.execute("SELECT email_verified FROM users WHERE name = 'Bob'");
    expect(rows.map((row) => Number(row.email_verified))).toEqual([0]);
  });

  test("refuses what a secret signed that was never this deployment's", async () => {
    rollOut(t.platform, { secret: OTHER });
    const strange = await signIn(t, ada);
    rotate();
    expect(await status("/v1/me", strange.bearer)).toBe(401);
  });
});

describe("sealing anew", () => {
  test("leaves nothing that needs the old secret, and says so", async () => {
    const hook = await newHook();
    const headers = { ...ada.bearer, "idempotency-key": "k1" };
    const body = { name: "importer", scopes: ["stats:read"] };
    const first = await (await postJson(t, `/v1/orgs/${org}/api-keys`, body, headers)).json();
    rotate();
    await tick(openMemoryDeps(t.platform));
    expect(await secrets()).toMatchObject({
      previous: 1,
      webhook_secrets: 1,
      kept_answers: 1,
      may_drop_previous: false,
    });
    expect(await reseal()).toEqual({ resealed: 2, unreadable: 0 });
    expect(await reseal()).toEqual({ resealed: 0, unreadable: 0 });
    expect(await secrets()).toMatchObject({ webhook_secrets: 0, kept_answers: 0 });
    drop();
    const { bearer } = await signIn(t, ada);
    expect(await unseal(t.platform.config, sealContext(hook.id), await sealedOf(hook.id))).toBe(hook.secret);
    const again = await postJson(t, `/v1/orgs/${org}/api-keys`, body, { ...headers, ...bearer });
    expect(await again.json()).toEqual(first);
  });

  test("goes through more than a page of each, and past what no secret opens", async () => {
    const { client } = t.platform;
    for (let i = 0; i < 130; i++) {
      const [id, key] = [`hook_${String(i).padStart(3, "0")}`, `k${String(i).padStart(3, "0")}`];
      const bySecret = i % 10 === 0 ? OTHER : OLD;
      const sealed = await seal(bySecret, sealContext(id), `secret ${i}`);
      const answer = await seal(OLD, answerContext("operator", key), `answer ${i}`);
      await client.batch([
        {
          sql: "INSERT INTO webhooks (id, org_id, url, secret, events, created_at) VALUES (?, ?, 'https://a.example', ?, '[]', 0)",
          args: [id, org, sealed],
        },
        {
          sql: "INSERT INTO idempotency_keys (actor, key, body_hash, status, answer, created_at) VALUES ('operator', ?, 'h', 201, ?, ?)",
          args: [key, answer, t.platform.clock.now()],
        },
      ]);
    }
    rotate();
    expect(await reseal()).toEqual({ resealed: 130 - 13 + 130, unreadable: 13 });
    expect(await secrets()).toMatchObject({ webhook_secrets: 13, kept_answers: 0, may_drop_previous: false });
  });

  test("reads what was sealed before values named their secret", async () => {
    const hook = await newHook();
    const nameless = (await sealedOf(hook.id)).slice(sealedPrefix(OLD).length);
    await t.platform.client.execute({
      sql: "UPDATE webhooks SET secret = ? WHERE id = ?",
      args: [nameless, hook.id],
    });
    rotate();
    expect(await reseal()).toEqual({ resealed: 1, unreadable: 0 });
    expect(await sealedOf(hook.id)).toMatch(new RegExp(`^${secretId(NEW)}\\.`));
  });

  test("is the operator's, and shows no secret", async () => {
    expect(await status("/v1/admin/secrets", ada.bearer)).toBe(403);
    expect(await status("/v1/admin/secrets/reseal", ada.bearer, "POST")).toBe(403);
    rotate();
    const text = JSON.stringify(await secrets());
    for (const one of [OLD, NEW, secretId(OLD), secretId(NEW)]) expect(text).not.toContain(one);
  });
});

test("the old secret may go when the last session that it signed has ended", async () => {
  rotate();
  expect(await secrets()).toMatchObject({ since: null, may_drop_previous: false });
  await tick(openMemoryDeps(t.platform));
  expect(await secrets()).toMatchObject({ sessions: 1, may_drop_previous: false });
  t.platform.clock.advance(11 * 60_000);
  await signIn(t, ada);
  expect(await secrets()).toMatchObject({ sessions: 1, may_drop_previous: false });
  t.platform.clock.advance(30 * DAY_MS - 60_000);
  expect(await secrets()).toMatchObject({ sessions: 0, last_session_ends_at: null, may_drop_previous: true });
});

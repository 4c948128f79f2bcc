import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { MemoryKv } from "../../src/platform/memory/kv.ts";
import { PASSWORD, postJson, signUp, type Person } from "../accounts/people.ts";
import { openApp, operatorHeaders, type TestApp } from "../http/open-app.ts";
import { rowsOf } from "../http/sweep.ts";

/** A member who was invited by an address, which the path of the next request names. */
const INVITED = "eve+invited@mail.example";

let t: TestApp;
let secrets: [string, string][];
const cached: string[] = [];

class WatchedCache extends MemoryEdgeCache {
  override put(key: string, value: string, ttlSeconds: number): Promise<void> {
    cached.push(`${key} ${value}`);
    return super.put(key, value, ttlSeconds);
  }
}

class WatchedKv extends MemoryKv {
  override put(key: string, value: string, ttlSeconds: number): Promise<void> {
    cached.push(`${key} ${value}`);
    return super.put(key, value, ttlSeconds);
  }
}

async function secretOf(path: string, body: object, ada: Person, field: string): Promise<string> {
  const response = await postJson(t, path, body, { ...ada.bearer, "idempotency-key": field });
  if (response.status !== 201) throw new Error(`${path} answers ${response.status}`);
  return String(((await response.json()) as Record<string, unknown>)[field]);
}

beforeAll(async () => {
  t = await openApp();
  const { clock, config } = t.platform;
  Object.assign(t.platform, { edgeCache: new WatchedCache(clock), kv: new WatchedKv(clock) });
  const ada = await signUp(t, "Ada");
  await postJson(t, "/v1/orgs", { name: "Acme", slug: "acme" }, ada.bearer);
  const key = { name: "k", scopes: ["stats:read"] };
  const apiKey = await secretOf("/v1/orgs/acme/api-keys", key, ada, "key");
  const hook = { url: "https://hooks.example/x", events: ["image.ready"] };
  const webhook = await secretOf("/v1/orgs/acme/webhooks", hook, ada, "secret");
  await postJson(t, "/v1/orgs/acme/members", { email: INVITED, role: "analyst" }, ada.bearer);
  const away = { method: "DELETE", headers: ada.bearer };
  await t.call(`/v1/orgs/acme/members/${encodeURIComponent(INVITED)}`, away);
  await postJson(t, "/api/auth/request-password-reset", { email: ada.email });
  const link = t.platform.mailer.sent.map(({ text }) => /token=([^\s&]+)/.exec(text)?.[1]).findLast(Boolean);
  await t.call("/v1/orgs/acme", { headers: { authorization: `Bearer ${apiKey}` } });
  await t.call("/v1/admin/backlog", { headers: operatorHeaders(t.platform) });
  await t.call("/v1/me", { headers: ada.cookie });
  await postJson(t, "/api/auth/sign-in/email", { email: ada.email, password: `${PASSWORD}?` });
  secrets = [
    ["the password", PASSWORD],
    ["a session's token", ada.bearer.authorization.slice("Bearer ".length)],
    ["an API key", apiKey],
    ["a webhook's secret", webhook],
    ["the operator key", String(config.operatorKey)],
    ["the deployment's secret", config.secret],
    ["a mailed token", String(link)],
  ];
});
afterAll(() => t.platform.close());

/** Which of the secrets stand in a text, as they are or percent-encoded. */
function heldBy(text: string): string[] {
  const spelled = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
  return secrets
    .filter(([, secret]) => spelled(secret).some((one) => text.includes(one)))
    .map(([name]) => name);
}

describe("no secret is to be read in", () => {
  test("the log, which names no address either", () => {
    const lines = t.platform.log.lines.map((line) => JSON.stringify(line)).join("\n");
    expect(lines).toContain("/v1/orgs/acme/members/");
    expect(heldBy(lines)).toEqual([]);
    expect(lines).not.toMatch(/eve(?:\+|%2B)invited|ada(?:@|%40)shop/i);
  });

  test("the caches", () => {
    expect(cached.length).toBeGreaterThan(0);
    expect(heldBy(cached.join("\n"))).toEqual([]);
  });

  test("the queue", () => {
    expect(heldBy(JSON.stringify(t.platform.jobs.sent))).toEqual([]);
  });

  test("the database, answers that are kept for a key among its rows", async () => {
    const rows = await rowsOf(t.platform);
    expect(rows.filter((row) => row.startsWith("idempotency_keys "))).toHaveLength(2);
    expect(heldBy(rows.join("\n"))).toEqual([]);
  });
});

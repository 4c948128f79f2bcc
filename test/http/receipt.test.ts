import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newReceipt } from "../../src/ports/receipt.ts";
import { renderReceipt, renderServerTiming } from "../../src/routes/middleware/receipt-text.ts";
import { newMerchant, type Merchant } from "../catalogue/open-catalogue.ts";
import { openApp, operatorHeaders, type TestApp } from "./open-app.ts";
import { addSession, signedToken } from "./sessions.ts";
import { addPerson } from "./tenants.ts";

let t: TestApp;
let acme: Merchant;
beforeAll(async () => {
  t = await openApp();
  acme = await newMerchant(t, "acme", ["catalogue:write"]);
});
afterAll(() => t.platform.close());

const SPENT = { ...newReceipt(), dbTrips: 1, rowsRead: 3, kvReads: 2, kvWrites: 1, messages: 1 };

async function receiptOf(
  path: string,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const response = await t.call(path, { headers: { receipt: "1", ...headers } });
  return JSON.parse(response.headers.get("receipt") ?? "null") as Record<string, unknown>;
}

async function signedIn(id: string): Promise<Record<string, string>> {
  await addPerson(t.platform, id, "person");
  return { authorization: `Bearer ${signedToken(t.platform, await addSession(t.platform, id))}` };
}

describe("Server-Timing", () => {
  test("of the whole receipt names what was done, in standard syntax", () => {
    const timing = renderServerTiming({ ...SPENT, indexVersion: "2.7", cpu: "light" }, 5, "whole");
    expect(timing).toBe(
      'db;dur=0;desc="1 trip", total;dur=5, index;desc="2.7", cpu;desc="light", sql;desc="3 rows read, 0 written", ' +
        'kv;desc="2 reads, 1 write", queue;desc="1 message"',
    );
  });

  test("of an outline leaves out rows, operations and what caches had", () => {
    expect(renderServerTiming(SPENT, 5, "outline")).toBe('db;dur=0;desc="1 trip", total;dur=5');
  });

  test("names the cache that answered", async () => {
    await t.call("/v1/products", { headers: acme.headers });
    const { headers } = await t.call("/v1/products", { headers: acme.headers });
    expect(headers.get("server-timing")).toContain('lookups;desc="key memory"');
  });
});

describe("the receipt as JSON", () => {
  test("comes to who asks by the query or the header, and to nobody else", async () => {
    const asked = await t.call("/v1/products?receipt=1");
    expect(JSON.parse(asked.headers.get("receipt") ?? "")).toMatchObject({ trips: 1, rows: { read: 0 } });
    expect(await receiptOf("/v1/products")).toMatchObject({ trips: 1, messages: 0 });
    for (const path of ["/v1/products", "/v1/products?receipt=0", "/v1/products?receipt="])
      expect((await t.call(path)).headers.get("receipt")).toBeNull();
  });

  test("changes no body, entity tag, link or cached answer", async () => {
    const [plain, asked] = [await t.call("/v1/search?q=a"), await t.call("/v1/search?q=a&receipt=1")];
    expect(asked.headers.get("etag")).toBe(plain.headers.get("etag"));
    const body = await plain.text();
    expect(await asked.text()).toBe(body);
    expect(JSON.parse(asked.headers.get("receipt") ?? "")).toMatchObject({
      cache: "hit",
      lookups: ["search memory"],
    });
  });

  test("is of no query that a route is strict about, and of no request's identity", async () => {
    const send = (query: string) =>
      t.call(`/v1/orgs${query}`, {
        method: "POST",
        headers: {
          ...operatorHeaders(t.platform),
          "content-type": "application/json",
          "idempotency-key": "k1",
        },
        body: JSON.stringify({ name: "Beta", slug: "beta" }),
      });
    const [first, again] = [await send(""), await send("?receipt=1&receipt=2")];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
  });

  test("keeps the body of a request that is asked so", async () => {
    const response = await t.call("/v1/products/lamp-1?receipt=1", {
      method: "PUT",
      headers: { ...acme.headers, "content-type": "application/json" },
      body: JSON.stringify({ title: "A lamp", price: { amount: 100, currency: "USD" } }),
    });
    expect(response.status).toBe(201);
    const { rows } = JSON.parse(response.headers.get("receipt") ?? "") as { rows: { written: number } };
    expect(rows.written).toBeGreaterThan(0);
  });

  test("is small, however much there is to tell", () => {
    const lookup = { name: "pictures", tier: "memory", isStale: true } as const;
    const lookups = Array.from({ length: 16 }, () => lookup);
    expect(renderReceipt({ ...SPENT, lookups }, 5, "whole").length).toBeLessThan(1_000);
  });
});

describe("a receipt tells nothing that its answer hides", () => {
  test("a refusal is told in outline", async () => {
    const rival = await newMerchant(t, "rival", ["catalogue:write"]);
    const hidden = await receiptOf(`/v1/orgs/${rival.orgId}`, acme.headers);
    const missing = await receiptOf("/v1/orgs/none", acme.headers);
    const outline = (receipt: Record<string, unknown>) => ({ ...receipt, db_ms: 0, total_ms: 0 });
    expect(outline(hidden)).toEqual(outline(missing));
    expect(hidden).not.toHaveProperty("rows");
  });

  test("an answer about people is told in outline: who hides leaves no trace in it", async () => {
    const [ada, bob] = [await signedIn("ada"), await signedIn("bob")];
    await t.call("/v1/blocks/ada", { method: "PUT", headers: bob });
    for (const path of ["/v1/users/bob", "/v1/feed", "/v1/users?q=bob"]) {
      const receipt = await receiptOf(path, ada);
      expect(receipt, path).toHaveProperty("trips");
      expect(receipt, path).not.toHaveProperty("rows");
      expect(receipt, path).not.toHaveProperty("lookups");
    }
  });

  test("of a private one nothing but the time is told", async () => {
    const response = await t.call("/api/auth/request-password-reset?receipt=1", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "who@shop.example" }),
    });
    const { headers } = response;
    expect(Object.keys(JSON.parse(headers.get("receipt") ?? "") as object)).toEqual(["total_ms"]);
    expect(headers.get("server-timing")).toMatch(/^total;dur=[\d.]+$/);
  });

  test("the operator may see all", async () => {
    expect(await receiptOf("/v1/orgs/none", operatorHeaders(t.platform))).toHaveProperty("rows");
  });
});

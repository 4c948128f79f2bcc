import { afterAll, beforeAll, expect, test } from "vitest";
import { newMerchant } from "../catalogue/open-catalogue.ts";
import { openApp } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";
import { HOSTILE_QUERIES, HOSTILE_SEARCHES } from "./inputs.ts";

let t: TestApp;
beforeAll(async () => {
  t = await openApp();
  const { headers } = await newMerchant(t, "acme");
  const lines = Array.from({ length: 30 }, (_, i) => ({
    id: `lamp-${i}`,
    title: `Brass table lamp 日本語 🪔 ${i}`,
    brand: ["__proto__", "a,b\\c", "constructor"][i % 3],
    category: ["Home", "constructor"],
    price: { amount: 1_000 + i, currency: "USD" },
    attributes: { toString: "x", hasOwnProperty: i, valueOf: true },
  }));
  const body = lines.map((line) => JSON.stringify(line)).join("\n");
  const ndjson = { ...headers, "content-type": "application/x-ndjson" };
  await t.call("/v1/products/import", { method: "POST", headers: ndjson, body });
});
afterAll(() => t.platform.close());

/** Understood, or refused with a problem of a stable code: never another failure. */
async function expectAnswered(response: Response): Promise<Record<string, unknown>> {
  const body = (await response.json()) as Record<string, unknown>;
  if (response.status === 200) return body;
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(["bad_request", "bad_filter", "bad_cursor", "query_too_long"]).toContain(body.code);
  return body;
}

test.each(HOSTILE_QUERIES)("search and suggestions take the words %j", async (q) => {
  const rest = { explain: "true", limit: "100", facets: "brand,category,price,attributes.toString" };
  const page = await expectAnswered(await t.call(`/v1/search?${new URLSearchParams({ q, ...rest })}`));
  const suggestions = await expectAnswered(await t.call(`/v1/suggest?${new URLSearchParams({ q })}`));
  expect(page.code).toBe(suggestions.code);
});

test.each(HOSTILE_SEARCHES)("search answers ?%s", async (search) => {
  await expectAnswered(await t.call(`/v1/search?${search}`));
});

test("names of an object's own methods are values and attributes like others", async () => {
  const facets = "brand,category,attributes.toString,attributes.hasOwnProperty,attributes.__proto__";
  const params = [
    ["filter", "brand:__proto__"],
    ["filter", "attributes.toString:x"],
    ["facets", facets],
  ];
  const response = await t.call(`/v1/search?${new URLSearchParams(params)}`);
  const page = (await response.json()) as { total: number; facets: Record<string, unknown> };
  expect(page.total).toBe(10);
  expect(page.facets.brand).toContainEqual({ value: "constructor", count: 10 });
  expect(page.facets["attributes.toString"]).toEqual([{ value: "x", count: 10 }]);
  expect(Object.keys(page.facets)).toHaveLength(5);
});

test("the next page's Link is left out where it would be longer than clients take", async () => {
  const short = await t.call("/v1/search?limit=5");
  expect(short.headers.get("link")).toContain('rel="next"');
  const long = await t.call(`/v1/search?limit=5&ignored=${"x".repeat(20_000)}`);
  expect(long.status).toBe(200);
  expect(long.headers.get("link")).toBeNull();
  const [{ next_cursor: cursor }, { next_cursor: same }] = (await Promise.all([
    short.json(),
    long.json(),
  ])) as {
    next_cursor: string;
  }[];
  expect(same).toBe(cursor);
});

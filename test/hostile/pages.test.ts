import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp } from "../http/open-app.ts";
import type { TestApp } from "../http/open-app.ts";
import { PAGE_BUDGETS } from "../../src/routes/pages/budgets.ts";
import { HOSTILE_QUERIES, HOSTILE_SEARCHES } from "./inputs.ts";

let t: TestApp;
beforeAll(async () => {
  t = await openApp();
});
afterAll(() => t.platform.close());

async function expectPage(response: Response, statuses: readonly number[]): Promise<string> {
  expect(statuses).toContain(response.status);
  if (response.status === 303) return "";
  expect(response.headers.get("content-type")).toBe("text/html; charset=UTF-8");
  return response.text();
}

test.each(HOSTILE_QUERIES)("the shop takes the words %j, and shows them as text", async (q) => {
  const html = await expectPage(await t.call(`/?${new URLSearchParams({ q })}`), [200, 400]);
  expect(html).not.toContain("<script>alert(1)");
});

test.each(HOSTILE_SEARCHES)("the shop answers /?%s with a page", async (search) => {
  await expectPage(await t.call(`/?${search}`), [200, 303, 400]);
});

test.each([
  "%",
  "%zz",
  "%00",
  "%ff",
  "__proto__",
  "constructor",
  "a".repeat(8_000),
  "%F0%9F%AA%94",
  "a/b",
  "..%2f",
])("there is no product /p/%s, which a page says", async (id) => {
  await expectPage(await t.call(`/p/${id}`), [404]);
});

/** Pages that ask a store for something, or draw what is asked for. */
const COSTLY = Object.entries(PAGE_BUDGETS)
  .filter(([name, { "x-budget": budget }]) => name.startsWith("GET ") && budget.trips !== 0)
  .map(([name]) => name.slice(4));

describe("over the rate limit", () => {
  const policy = { limit: 1, windowSeconds: 60 };
  let limited: TestApp;
  beforeAll(async () => {
    const rateLimits = { read: policy, write: policy, sensitive: policy };
    limited = await openApp({ config: { rateLimits: true }, rateLimits });
    await limited.call("/");
  });
  afterAll(() => limited.platform.close());

  test.each(["/", "/?q=lamp", "/p/lamp"])(
    "%s is a page that says so, and when to come again",
    async (path) => {
      const refused = await limited.call(path);
      expect(await expectPage(refused, [429])).toContain("One moment, please");
      expect(refused.headers.get("retry-after")).toBe("60");
      expect(refused.headers.get("cache-control")).toBe("no-store");
      expect(refused.headers.get("x-request-id")).not.toBeNull();
    },
  );

  test.each(COSTLY)("%s is counted", async (pattern) => {
    const refused = await limited.call(pattern.replace(/:\w+/, "some"));
    expect(refused.status).toBe(429);
  });

  test("the API still answers programs with a problem", async () => {
    const refused = await limited.call("/v1/search");
    expect([refused.status, refused.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
  });
});

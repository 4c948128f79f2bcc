import { afterEach, expect, test } from "vitest";
import { echoRoutes } from "./echo-routes.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";

const POLICIES = {
  read: { limit: 3, windowSeconds: 60 },
  write: { limit: 2, windowSeconds: 30 },
  sensitive: { limit: 2, windowSeconds: 60 },
};
const opened: TestApp[] = [];

async function open(environment: "test" | "production" = "test", rateLimits = true): Promise<TestApp> {
  const t = await openApp({ config: { rateLimits, environment }, rateLimits: POLICIES }, echoRoutes());
  opened.push(t);
  return t;
}
afterEach(() => opened.splice(0).forEach(({ platform }) => platform.close()));

async function statuses(times: number, call: (i: number) => Promise<Response>): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < times; i++) seen.push((await call(i)).status);
  return seen;
}

test("refuses a client over its class's limit and says when to come again", async () => {
  const t = await open();
  const read = () => t.call("/v1/versions/1");
  expect((await read()).headers.get("ratelimit-policy")).toBe('"read";q=3;w=60');
  expect(await statuses(2, read)).toEqual([200, 200]);
  const refused = await read();
  expect(await problemOf(refused)).toMatchObject({ status: 429, code: "rate_limited" });
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(refused.headers.get("ratelimit-policy")).toBe('"read";q=3;w=60');
  expect(refused.headers.get("ratelimit")).toBe('"read";r=0;t=60');
  t.platform.clock.advance(60_000);
  expect((await read()).status).toBe(200);
});

test("counts reads and writes apart, and each credential by itself", async () => {
  const t = await open();
  expect(await statuses(4, () => t.call("/v1/versions/1"))).toEqual([200, 200, 200, 429]);
  const headers = { "content-type": "application/x-ndjson" };
  const write = () => t.call("/v1/echo/1", { method: "PUT", body: "a", headers });
  expect(await statuses(3, write)).toEqual([200, 200, 429]);
  expect((await t.call("/v1/versions/1", { headers: operatorHeaders(t.platform) })).status).toBe(200);
});

test("is not escaped by a forged header where Cloudflare does not set it", async () => {
  const t = await open();
  const forge = (i: number) => t.call("/v1/versions/1", { headers: { "cf-connecting-ip": `10.0.0.${i}` } });
  expect(await statuses(4, forge)).toEqual([200, 200, 200, 429]);
});

test("tells clients apart by Cloudflare's header in production, IPv6 by network", async () => {
  const t = await open("production");
  const from = (address: string) => t.call("/v1/versions/1", { headers: { "cf-connecting-ip": address } });
  expect(await statuses(4, (i) => from(`2001:db8:0:1::${i}`))).toEqual([200, 200, 200, 429]);
  expect((await from("2001:db8::1:0:0:0:9")).status).toBe(429);
  expect((await from("2001:db8:0:2::1")).status).toBe(200);
  expect((await from("10.0.0.1")).status).toBe(200);
});

test("believes the platform's address before any header", async () => {
  const t = await open("production");
  const call = (i: number) =>
    t.call(
      "/v1/versions/1",
      { headers: { "cf-connecting-ip": `10.0.0.${i}` } },
      { clientAddress: "10.9.9.9" },
    );
  expect(await statuses(4, call)).toEqual([200, 200, 200, 429]);
});

test("slows the guessing of credentials by client", async () => {
  const t = await open();
  const guess = (i: number) => t.call("/v1/versions/1", { headers: { authorization: `Bearer guess-${i}` } });
  expect(await statuses(4, guess)).toEqual([401, 401, 429, 429]);
  expect((await t.call("/v1/versions/1", { headers: operatorHeaders(t.platform) })).status).toBe(200);
});

test("announces itself on a response with frozen headers too", async () => {
  const t = await open();
  const response = await t.call("/v1/frozen");
  expect([response.status, response.headers.get("ratelimit-policy")]).toEqual([302, '"read";q=3;w=60']);
});

test("leaves probes alone", async () => {
  const t = await open();
  expect(await statuses(6, () => t.call("/healthz"))).toEqual([200, 200, 200, 200, 200, 200]);
});

test("is off where the deployment says so", async () => {
  const t = await open("test", false);
  expect(await statuses(5, () => t.call("/v1/versions/1"))).toEqual([200, 200, 200, 200, 200]);
  expect((await t.call("/v1/versions/1")).headers.get("ratelimit-policy")).toBeNull();
});

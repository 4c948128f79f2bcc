import { afterEach, beforeEach, expect, test } from "vitest";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openApp, operatorHeaders, type TestApp } from "../http/open-app.ts";

let t: TestApp;

beforeEach(async () => {
  t = await openApp();
});
afterEach(() => t.platform.close());

interface Route {
  method: string;
  route: string;
  requests: number;
  status: Record<string, number>;
  latency_ms: { count: number } | null;
}

interface Answer {
  routes: Route[];
  series: { times: string[]; all: { requests: number[]; client_errors: number[] }; routes: Route[] };
  isolates: { heard: number };
  requests: { requests: number };
}

async function readMetrics(query = ""): Promise<Answer> {
  const response = await t.call(`/v1/admin/metrics${query}`, { headers: operatorHeaders(t.platform) });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

test("tells each route's requests by its pattern, of all isolates, by the minute", async () => {
  const other = { isolate: newIsolate(t.platform.clock) };
  await t.call("/v1/products/none");
  await t.call("/v1/products/other", {}, other);
  t.platform.clock.advance(60_000);
  await t.call("/healthz");
  await t.call("/wp-admin.php");
  // The other isolate hands over when it is asked again.
  await t.call("/healthz", {}, other);
  const { routes, series, isolates, requests } = await readMetrics("?minutes=3");
  const products = routes.find(({ route }) => route === "/v1/products/:id");
  expect(products).toMatchObject({
    method: "GET",
    requests: 2,
    status: { "4xx": 2 },
    latency_ms: { count: 2 },
  });
  expect(routes.find(({ route }) => route === "(none)")).toMatchObject({ requests: 1 });
  expect(requests.requests).toBe(5);
  expect(isolates.heard).toBe(2);
  expect(series.times).toHaveLength(3);
  expect(series.all).toMatchObject({ requests: [0, 2, 3], client_errors: [0, 2, 1] });
  expect(series.routes.find(({ route }) => route === "/healthz")).toMatchObject({ requests: [0, 0, 2] });
});

test("of nothing is an empty answer", async () => {
  const { routes, requests, series } = await readMetrics();
  expect([routes, requests.requests, series.times.length]).toEqual([[], 0, 60]);
});

test.each(["0", "181", "1.5", "-3", "x", "", "1000"])("refuses minutes=%j", async (minutes) => {
  const headers = operatorHeaders(t.platform);
  expect((await t.call(`/v1/admin/metrics?minutes=${minutes}`, { headers })).status).toBe(400);
});

test("waits for no hub that does not answer, and loses nothing by it", async () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const metricsHub = { waitMs: 0, push: never, totals: never, overview: never };
  for (let i = 0; i < 20; i++) {
    expect((await t.call("/healthz", {}, { metricsHub })).status).toBe(200);
    t.platform.clock.advance(5_000);
  }
  t.platform.clock.advance(30_000);
  expect((await readMetrics()).routes.find(({ route }) => route === "/healthz")?.requests).toBe(20);
});

test("goes on without the hub, and says so once a minute", async () => {
  const refuse = (): Promise<never> => Promise.reject(new Error("the hub is away"));
  const metricsHub = { waitMs: 0, push: refuse, totals: refuse, overview: refuse };
  for (let i = 0; i < 20; i++) {
    const deps = openMemoryDeps(t.platform, { metricsHub });
    expect((await t.app.fetch(new Request("https://shop.example/healthz"), deps)).status).toBe(200);
    await deps.lifetime.settle();
    t.platform.clock.advance(5_000);
  }
  const complaints = t.platform.log.lines.filter(({ event }) => event === "metrics_not_flushed");
  expect(complaints).toHaveLength(2);
  const answer = await t.call("/v1/admin/metrics", { headers: operatorHeaders(t.platform) }, { metricsHub });
  expect(answer.status).toBe(503);
  // Nothing was lost meanwhile.
  expect((await readMetrics()).routes.find(({ route }) => route === "/healthz")?.requests).toBe(20);
});

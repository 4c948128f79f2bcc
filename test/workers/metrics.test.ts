import { env, exports } from "cloudflare:workers";
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import type { MetricsFlush } from "../../src/domain/metrics/flush.ts";
import { Histogram } from "../../src/domain/metrics/histogram.ts";
import type { SeriesData } from "../../src/domain/metrics/series-set.ts";
import { keyOf } from "../../src/domain/metrics/table.ts";
import { WorkersMetricsHub } from "../../src/platform/workers/metrics-hub.ts";

const OPERATOR_KEY = "operator-key-of-the-tests-0123456789";
const ROUTE = { method: "GET", route: "/tried" };
const REQUESTS = keyOf("http_requests", { ...ROUTE, status: "2xx" });
const DURATION = keyOf("http_request_duration", ROUTE);

function stub(): DurableObjectStub {
  const namespace = env.METRICS;
  if (namespace === undefined) throw new Error("The binding METRICS is missing");
  return namespace.get(namespace.idFromName("metrics"));
}

function flushOf(isolate: string, seq: number, requests: number): MetricsFlush {
  const histogram = new Histogram();
  for (let i = 0; i < requests; i++) histogram.add(i + 1);
  const minute = Math.floor(Date.now() / 60_000);
  const series: SeriesData = {
    counters: [[REQUESTS, requests]],
    histograms: [[DURATION, histogram.encode()]],
    statements: [],
  };
  return { isolate, seq, startedAt: Date.now() - 1_000, minutes: [{ minute, ...series }], gauges: [] };
}

async function counted(hub: WorkersMetricsHub): Promise<[number, number]> {
  const { series } = await hub.totals();
  const requests = new Map(series.counters).get(REQUESTS) ?? 0;
  const duration = new Map(series.histograms).get(DURATION);
  return [requests, duration?.count ?? 0];
}

function get(path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${OPERATOR_KEY}` };
  return exports.default.fetch(new Request(`https://vitrine.test${path}`, { headers }));
}

describe("the hub of all isolates", () => {
  it("adds up isolates, and counts a flush once however often it comes", async () => {
    const hub = new WorkersMetricsHub(env.METRICS);
    await hub.push(flushOf("iso_a", 1, 3));
    await hub.push(flushOf("iso_b", 1, 4));
    await hub.push(flushOf("iso_a", 1, 3));
    await hub.push(flushOf("iso_a", 2, 5));
    await hub.push(flushOf("iso_b", 1, 4));
    expect(await counted(hub)).toEqual([12, 12]);
    const overview = await hub.overview({ since: Date.now() - 120_000, until: Date.now() });
    expect(overview.routes[0]).toMatchObject({ ...ROUTE, requests: 12, latency_ms: { count: 12, max: 5 } });
  });

  it("goes on after its eviction with what it had, and still counts once", async () => {
    const hub = new WorkersMetricsHub(env.METRICS);
    await hub.push(flushOf("iso_c", 1, 6));
    const before = await counted(hub);
    expect(await runDurableObjectAlarm(stub())).toBe(true);
    await evictDurableObject(stub());
    expect(await counted(hub)).toEqual(before);
    await hub.push(flushOf("iso_c", 1, 6));
    expect(await counted(hub)).toEqual(before);
    const overview = await hub.overview({ since: Date.now() - 120_000, until: Date.now() });
    expect(overview.routes.find(({ route }) => route === "/tried")?.requests).toBe(before[0]);
  });

  it("serves what isolates did", async () => {
    await (await get("/healthz")).text();
    await vi.waitUntil(
      async () => (await (await get("/v1/admin/metrics?minutes=2")).text()).includes("/healthz"),
      { timeout: 15_000, interval: 300 },
    );
    const text = await (await get("/metrics")).text();
    expect(text).toMatch(/^vitrine_http_requests_total\{method="GET",route="\/healthz",status="2xx"\} \d+$/m);
    expect(text).toMatch(/^vitrine_up\{part="metrics"\} 1$/m);
  });

  it("is missed by no request where it is not bound", async () => {
    const hub = new WorkersMetricsHub(undefined);
    await expect(hub.push(flushOf("iso_d", 1, 1))).rejects.toThrow(/METRICS/);
  });
});

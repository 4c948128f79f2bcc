import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { seeded } from "../../bench/random.ts";
import { keyOf } from "../../src/domain/metrics/table.ts";
import { Histogram } from "../../src/domain/metrics/histogram.ts";
import { collectedFamilies } from "../../src/services/operations/prometheus-text.ts";
import { openApp, operatorHeaders, type TestApp } from "../http/open-app.ts";
import { type Family, parseExposition, valueOf } from "./prometheus-grammar.ts";

let t: TestApp;

beforeEach(async () => {
  t = await openApp();
});
afterEach(() => t.platform.close());

async function scrape(overrides = {}): Promise<Map<string, Family>> {
  const response = await t.call("/metrics", { headers: operatorHeaders(t.platform) }, overrides);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return parseExposition(await response.text());
}

describe("GET /metrics", () => {
  test("counts what was asked, and only goes up", async () => {
    await t.call("/healthz");
    await t.call("/v1/products/none?q=secret", { headers: { "user-agent": 'a "quoted" one' } });
    const labels = { method: "GET", route: "/v1/products/:id" };
    const first = await scrape();
    expect(valueOf(first, "vitrine_http_requests_total", { ...labels, status: "4xx" })).toBe(1);
    expect(valueOf(first, "vitrine_http_request_duration_seconds_count", labels)).toBe(1);
    expect(valueOf(first, "vitrine_http_db_trips_total", labels)).toBe(1);
    expect(valueOf(first, "vitrine_db_trip_duration_seconds_count")).toBeGreaterThanOrEqual(1);
    await t.call("/v1/products/other");
    const second = await scrape();
    expect(valueOf(second, "vitrine_http_requests_total", { ...labels, status: "4xx" })).toBe(2);
    // The first scrape is a request too.
    expect(valueOf(second, "vitrine_http_requests_total", { route: "/metrics" })).toBe(1);
  });

  test("tells what waits in the database", async () => {
    await t.platform.client.execute({
      sql: "INSERT INTO outbox (id, kind, payload, created_at) VALUES ('job_1', 'index.merge', '{}', ?)",
      args: [t.platform.clock.now() - 90_000],
    });
    const families = await scrape();
    expect(valueOf(families, "vitrine_outbox_jobs")).toBe(1);
    expect(valueOf(families, "vitrine_outbox_oldest_age_seconds")).toBe(90);
    expect(valueOf(families, "vitrine_up", { part: "database" })).toBe(1);
  });

  test("tells the rest where the hub is away", async () => {
    const refuse = (): Promise<never> => Promise.reject(new Error("away"));
    const families = await scrape({
      metricsHub: { waitMs: 0, push: refuse, totals: refuse, overview: refuse },
    });
    expect(valueOf(families, "vitrine_up", { part: "metrics" })).toBe(0);
    expect(valueOf(families, "vitrine_up", { part: "queues" })).toBe(1);
    expect(valueOf(families, "vitrine_up", { part: "database" })).toBe(1);
    expect(families.has("vitrine_dead_letters")).toBe(true);
  });

  test("tells the rest where the queue does not tell", async () => {
    const backlog = (): Promise<never> => Promise.reject(new TypeError("metrics is not a function"));
    const families = await scrape({ queues: { backlog } });
    expect(valueOf(families, "vitrine_up", { part: "queues" })).toBe(0);
    expect(families.has("vitrine_queue_messages")).toBe(false);
    expect(families.has("vitrine_outbox_jobs")).toBe(true);
  });

  test("tells no age of a queue whose oldest message is not known", async () => {
    const backlog = async () => [
      { queue: "a", messages: 5, oldestAt: null },
      { queue: "b", messages: 0, oldestAt: null },
    ];
    const families = await scrape({ queues: { backlog } });
    expect(valueOf(families, "vitrine_queue_messages", { queue: "a" })).toBe(5);
    const ages = families.get("vitrine_queue_oldest_age_seconds")?.samples;
    expect(ages?.map(({ labels, value }) => [labels.queue, value])).toEqual([["b", 0]]);
  });

  test("waits three seconds for what does not answer, and tells the rest", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const never = (): Promise<never> => new Promise(() => undefined);
    const metricsHub = { waitMs: 0, push: never, totals: never, overview: never };
    const asked = scrape({ metricsHub, queues: { backlog: never } });
    await vi.waitUntil(() => vi.getTimerCount() >= 2);
    await vi.advanceTimersByTimeAsync(3_000);
    vi.useRealTimers();
    const families = await asked;
    const up = families.get("vitrine_up")?.samples.map(({ labels, value }) => [labels.part, value]);
    expect(up).toEqual([
      ["metrics", 0],
      ["database", 1],
      ["queues", 0],
    ]);
  });

  test("has series of patterns alone, however many paths are asked", async () => {
    for (let i = 0; i < 200; i++) await t.call(`/v1/products/p${i}`);
    for (let i = 0; i < 100; i++) await t.call(`/nothing/${i}`, { method: i % 2 ? "GET" : `M${i}` });
    const families = await scrape();
    const requests = families.get("vitrine_http_requests_total")?.samples ?? [];
    expect(requests.map(({ labels }) => labels.route).toSorted()).toEqual([
      "(none)",
      "(none)",
      "/v1/products/:id",
    ]);
    expect(JSON.stringify([...families])).not.toMatch(/p199|nothing/);
  });
});

describe("the text of a histogram", () => {
  test("is cumulative, ends at its count and agrees with what was counted", () => {
    const random = seeded(3);
    const values = Array.from({ length: 5_000 }, () => 10 ** (random() * 8 - 3));
    const histogram = new Histogram();
    for (const value of values) histogram.add(value);
    const key = keyOf("http_request_duration", { method: "GET", route: 'a"b\\c\nd' });
    const text = collectedFamilies({ counters: [], gauges: [], histograms: [[key, histogram.encode()]] });
    const family = parseExposition(`${text.join("\n")}\n`).get("vitrine_http_request_duration_seconds");
    const buckets = family?.samples.filter(({ name }) => name.endsWith("_bucket")) ?? [];
    let before = 0;
    for (const { labels, value } of buckets) {
      const bound = labels.le === "+Inf" ? Infinity : Number(labels.le);
      expect(value).toBe(values.filter((ms) => ms / 1_000 <= bound).length);
      expect(value).toBeGreaterThanOrEqual(before);
      expect(labels.route).toBe('a"b\\c\nd');
      before = value;
    }
    expect(before).toBe(5_000);
    expect(buckets.length).toBeGreaterThan(15);
  });

  test("leaves out what the table does not know", () => {
    const unknown: [string, number][] = [
      ["of_another_version", 1],
      ["jobs", 2],
      ["__proto__", 3],
    ];
    expect(collectedFamilies({ counters: unknown, gauges: [], histograms: [] })).toEqual([]);
  });
});

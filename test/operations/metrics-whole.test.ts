import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { MetricsSchema } from "../../src/routes/admin/metrics-schema.ts";
import { newMerchant, type Merchant } from "../catalogue/open-catalogue.ts";
import { event, runJobs } from "../events/open-events.ts";
import { Fault, faulty } from "../faults/fault.ts";
import { openApp, operatorHeaders, ORIGIN, type TestApp } from "../http/open-app.ts";
import { type Family, parseExposition, valueOf } from "./prometheus-grammar.ts";

let t: TestApp;
let acme: Merchant;

beforeEach(async () => {
  t = await openApp();
  acme = await newMerchant(t, "acme", ["catalogue:write", "events:write"]);
});
afterEach(() => t.platform.close());

interface Job {
  kind: string;
  done: number;
  failed: number;
  buried: number;
  lag_ms: { p50: number } | null;
  age_ms: { p50: number } | null;
}

interface Answer {
  routes: { route: string; latency_ms: { p99: number } | null; cache: { hit: number; miss: number } }[];
  database: {
    errors: { reason: string; count: number }[];
    by_worst: { text: string; worst_ms: number; rows: number; trips: number }[];
  };
  caches: { namespace: string; tier: string; hits: number; misses: number }[];
  jobs: Job[];
  queue: { outbox: number; dead_letters: number };
  queues: { queue: string; messages: number; oldest_at: string | null }[] | null;
  index: { generation: number; documents: number; pending: number; latest_seq: number };
  gauges: { name: string; value: number }[];
}

async function both(): Promise<{ text: Map<string, Family>; json: Answer }> {
  const headers = operatorHeaders(t.platform);
  const text = await t.call("/metrics", { headers });
  const json = await t.call("/v1/admin/metrics", { headers });
  expect([text.status, json.status]).toEqual([200, 200]);
  const body: unknown = await json.json();
  expect(MetricsSchema.safeParse(body).error).toBeUndefined();
  // Sound: the schema holds.
  return { text: parseExposition(await text.text()), json: body as Answer };
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers = { ...acme.headers, "content-type": "application/json" };
  const response = await t.call(path, { method, headers, body: JSON.stringify(body) });
  expect(response.status).toBeLessThan(300);
  return response;
}

describe("what isolates do, as it is served", () => {
  test("latency of each route", async () => {
    for (let i = 0; i < 3; i++) await t.call("/v1/products/none");
    const { text, json } = await both();
    const labels = { method: "GET", route: "/v1/products/:id" };
    expect(valueOf(text, "vitrine_http_request_duration_seconds_count", labels)).toBe(3);
    const seconds = valueOf(text, "vitrine_http_request_duration_seconds_sum", labels);
    const shown = json.routes.find(({ route }) => route === labels.route)?.latency_ms;
    expect(shown?.p99).toBeGreaterThan(0);
    expect(shown?.p99).toBeLessThanOrEqual(seconds * 1_000);
  });

  test("hits and misses of caches", async () => {
    await send("PUT", "/v1/products/lamp", { title: "Brass lamp" });
    for (let i = 0; i < 4; i++) await t.call("/v1/search?q=lamp");
    const { text, json } = await both();
    const of = (outcome: string) =>
      valueOf(text, "vitrine_cache_lookups_total", { namespace: "search", outcome });
    expect([of("miss"), of("hit")]).toEqual([1, 3]);
    const searches = json.caches.filter(({ namespace }) => namespace === "search");
    expect(searches.map(({ tier, hits, misses }) => [tier, hits, misses])).toEqual([
      ["fill", 0, 1],
      ["memory", 3, 0],
    ]);
    expect(json.routes.find(({ route }) => route === "/v1/search")?.cache).toMatchObject({ hit: 3, miss: 1 });
  });

  test("how late jobs begin and end", async () => {
    await send("POST", "/v1/events", { events: [event()] });
    t.platform.clock.advance(7_000);
    await runJobs(t.platform);
    const { text, json } = await both();
    const labels = { kind: "events.fold" };
    expect(valueOf(text, "vitrine_jobs_total", { ...labels, outcome: "done" })).toBe(1);
    // Eight seconds from its sending to its end, of a clock that stands while it runs.
    expect(valueOf(text, "vitrine_job_lag_seconds_sum", labels)).toBe(8);
    expect(valueOf(text, "vitrine_job_age_seconds_sum", labels)).toBe(8);
    expect(valueOf(text, "vitrine_job_duration_seconds_count", labels)).toBe(1);
    const job = json.jobs.find(({ kind }) => kind === "events.fold");
    expect(job).toMatchObject({
      done: 1,
      failed: 0,
      buried: 0,
      lag_ms: { p50: 8_000 },
      age_ms: { p50: 8_000 },
    });
  });

  test("what waits in the queue, and since when", async () => {
    await t.platform.jobs.send([{ id: "job_1", kind: "index.merge", payload: {} }]);
    await t.platform.jobs.send([{ id: "job_2", kind: "index.merge", payload: {} }], 3_600);
    t.platform.clock.advance(90_000);
    const since = t.platform.clock.now() - 90_000;
    const { text, json } = await both();
    expect(valueOf(text, "vitrine_queue_messages", { queue: "jobs" })).toBe(2);
    expect(valueOf(text, "vitrine_queue_oldest_age_seconds", { queue: "jobs" })).toBe(90);
    expect(json.queues).toMatchObject([{ queue: "jobs", messages: 2 }]);
    expect(Date.parse(json.queues?.[0].oldest_at ?? "")).toBe(since);
  });

  test("failures of jobs, and dead letters", async () => {
    const poison = { id: "job_1", kind: "index.rebuild", payload: {} };
    const unknown = { id: "job_2", kind: "made-up-by-someone", payload: {} };
    await t.platform.jobs.send([poison, unknown]);
    await t.platform.jobs.drain((messages) => consume(openMemoryDeps(t.platform), messages));
    const { text, json } = await both();
    expect(valueOf(text, "vitrine_jobs_total", { kind: "index.rebuild", outcome: "buried" })).toBe(1);
    // A kind that there is not makes no series.
    expect(valueOf(text, "vitrine_jobs_total", { kind: "unknown", outcome: "failed" })).toBe(1);
    expect(valueOf(text, "vitrine_dead_letters")).toBe(1);
    expect(json.queue).toMatchObject({ outbox: 0, dead_letters: 1 });
    expect(json.jobs.map(({ kind, failed, buried }) => [kind, failed, buried])).toEqual([
      ["index.rebuild", 0, 1],
      ["unknown", 1, 0],
    ]);
  });

  test("the index: its generation, how far it has come, and how old it was when it answered", async () => {
    await send("PUT", "/v1/products/lamp", { title: "Brass lamp" });
    const rebuild = await t.call("/v1/admin/index/rebuild", {
      method: "POST",
      headers: operatorHeaders(t.platform),
    });
    expect(rebuild.status).toBe(202);
    await runJobs(t.platform);
    await t.call("/v1/search?q=lamp");
    await send("PUT", "/v1/products/stool", { title: "Oak stool" });
    t.platform.clock.advance(60_000);
    const { text, json } = await both();
    const value = (name: string) => valueOf(text, `vitrine_index_${name}`);
    expect([value("published_generation"), value("generation"), value("loaded")]).toEqual([1, 1, 1]);
    expect([value("change"), value("latest_change"), value("pending_changes")]).toEqual([1, 2, 1]);
    expect(value("pending_age_seconds")).toBe(60);
    expect([value("documents"), value("behind"), value("age_seconds_count")]).toEqual([1, 0, 1]);
    expect(json.index).toMatchObject({ generation: 1, documents: 1, pending: 1, latest_seq: 2 });
    const gauges = new Map(json.gauges.map(({ name, value: shown }) => [name, shown]));
    expect([gauges.get("index_generation"), gauges.get("index_change")]).toEqual([1, 1]);
  });

  test("errors of the database, by what failed", async () => {
    const fault = new Fault();
    fault.kind = "away";
    const client = faulty(t.platform.client, fault, ["execute", "batch"]);
    const deps = openMemoryDeps({ ...t.platform, client });
    const response = await t.app.fetch(new Request(new URL("/v1/products/none", ORIGIN)), deps);
    expect(response.status).toBe(503);
    const { text, json } = await both();
    // One trip, tried twice.
    expect(fault.calls).toBe(2);
    expect(valueOf(text, "vitrine_db_errors_total", { reason: "unavailable" })).toBe(1);
    expect(json.database.errors).toEqual([{ reason: "unavailable", count: 1 }]);
  });

  test("the costliest statements, without values, with their rows", async () => {
    for (const id of ["one", "two", "three"])
      await send("PUT", `/v1/products/${id}`, { title: "Secret lamp" });
    await t.call("/v1/products?limit=10", { headers: acme.headers });
    const { text, json } = await both();
    const shown = json.database.by_worst;
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.map(({ worst_ms }) => worst_ms)).toEqual(
      shown.map(({ worst_ms }) => worst_ms).toSorted((a, b) => b - a),
    );
    const samples = text.get("vitrine_db_statement_rows_total")?.samples ?? [];
    const listed = samples.filter(({ value }) => value >= 3 && value % 3 === 0);
    expect(listed.length).toBeGreaterThan(0);
    expect(new Set(samples.map(({ labels }) => labels.statement)).size).toBe(samples.length);
    expect(samples.every(({ labels }) => labels.statement.length < 140)).toBe(true);
    expect(JSON.stringify([...text, json])).not.toContain("Secret lamp");
  });
});

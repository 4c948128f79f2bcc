import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operatorHeaders } from "../http/open-app.ts";
import { attributesOf, Collector, KIND, type ReceivedSpan } from "./collector.ts";
import { TracedApp } from "./traced-app.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";
const SAMPLED = `00-${TRACE}-${CALLER}-01`;
const REBUILD = "/v1/admin/index/rebuild";

let collector: Collector;
let app: TracedApp;

beforeEach(async () => {
  collector = await Collector.open();
  app = await traced();
});
afterEach(() => {
  app.t.platform.close();
  collector.close();
});

function traced(variables: Record<string, string> = {}): Promise<TracedApp> {
  return TracedApp.open({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`, ...variables });
}

async function retrace(variables: Record<string, string>): Promise<void> {
  app.t.platform.close();
  app = await traced(variables);
}

function headers(traceparent?: string): Record<string, string> {
  const known = { ...operatorHeaders(app.t.platform), "x-request-id": "order.7" };
  return traceparent === undefined ? known : { ...known, traceparent };
}

function only(kind: number): ReceivedSpan {
  const found = collector.spans.filter((span) => span.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
}

describe("a trace", () => {
  test("goes from the caller through the request, its parts and the queue to each job", async () => {
    const response = await app.call(REBUILD, { method: "POST", headers: headers(SAMPLED) });
    expect(response.status).toBe(202);
    await app.runJobs();
    const server = only(KIND.server);
    expect(response.headers.get("traceparent")).toBe(`00-${TRACE}-${server.spanId}-01`);
    expect(server).toMatchObject({ traceId: TRACE, parentSpanId: CALLER, name: `POST ${REBUILD}` });
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    const parts = collector.spans.filter(({ parentSpanId }) => parentSpanId === server.spanId);
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(["BATCH", "jobs send"]));
    const job = collector.spans.find(({ kind }) => kind === KIND.consumer);
    if (job === undefined) throw new Error("There is no span of the job");
    expect(job).toMatchObject({ name: "process index.rebuild", parentSpanId: server.spanId });
    expect(attributesOf(job)).toMatchObject({ "vitrine.job.outcome": "done" });
    const ofJob = collector.spans.filter(({ parentSpanId }) => parentSpanId === job.spanId);
    expect(ofJob.some(({ kind }) => kind === KIND.client)).toBe(true);
  });

  test("has times of the clock: each part lies in its whole", async () => {
    await app.call(REBUILD, { method: "POST", headers: headers(SAMPLED) });
    const server = only(KIND.server);
    const from = BigInt(server.startTimeUnixNano);
    const to = BigInt(server.endTimeUnixNano);
    expect(Number(from / 1_000_000n)).toBeCloseTo(app.t.platform.clock.now(), -3);
    for (const part of collector.spans.filter(({ parentSpanId }) => parentSpanId === server.spanId)) {
      expect(BigInt(part.startTimeUnixNano)).toBeGreaterThanOrEqual(from);
      expect(BigInt(part.endTimeUnixNano)).toBeLessThanOrEqual(to);
    }
  });

  test("comes as OTLP with the resource, the collector's credential, and without what is people's", async () => {
    await retrace({
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20of%20tests, x-tenant = shop",
      OTEL_SERVICE_NAME: "shop-eu",
    });
    await app.call("/v1/products/secret-path?q=secret-query", { headers: { "x-request-id": "r" } });
    const [{ path, headers: sent, body }] = collector.received;
    expect(path).toBe("/v1/traces");
    expect(sent).toMatchObject({
      "content-type": "application/json",
      authorization: "Bearer of tests",
      "x-tenant": "shop",
    });
    const [{ resource }] = body.resourceSpans;
    expect(attributesOf(resource)).toEqual({
      "service.name": "shop-eu",
      "deployment.environment.name": "test",
    });
    for (const span of collector.spans) {
      expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
      expect(span.startTimeUnixNano).toMatch(/^\d{19}$/);
    }
    expect(attributesOf(only(KIND.server))).toMatchObject({
      "http.route": "/v1/products/:id",
      "http.response.status_code": 404,
      "vitrine.db.trips": 1,
    });
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  test("of a failure says so", async () => {
    const poison = { id: "job_poison", kind: "index.rebuild", payload: {} };
    await app.t.platform.jobs.send([poison]);
    await app.runJobs();
    const span = only(KIND.consumer);
    expect(span.status).toEqual({ code: 2 });
    expect(attributesOf(span)).toMatchObject({ "error.type": "buried", "vitrine.job.outcome": "buried" });
  });
});

describe("which traces are kept", () => {
  test.each([
    ["what a caller does not keep", {}, `00-${TRACE}-${CALLER}-00`, 0],
    ["what a caller keeps, whatever the ratio", { OTEL_TRACES_SAMPLER_ARG: "0" }, SAMPLED, 1],
    ["all that begins here", {}, undefined, 1],
    ["none that begins here", { OTEL_TRACES_SAMPLER_ARG: "0" }, undefined, 0],
    [
      "none though a caller keeps it, where callers do not decide",
      { OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "0" },
      SAMPLED,
      0,
    ],
  ])("%s", async (_, variables, traceparent, kept) => {
    await retrace(variables);
    const response = await app.call(REBUILD, { method: "POST", headers: headers(traceparent) });
    await app.runJobs();
    const servers = collector.spans.filter(({ kind }) => kind === KIND.server);
    expect(servers).toHaveLength(kept);
    // The jobs of a trace go with it.
    expect(collector.spans.some(({ kind }) => kind === KIND.consumer)).toBe(kept === 1);
    const flags = response.headers.get("traceparent")?.slice(-2);
    if (traceparent !== undefined) expect(flags).toBe(kept === 1 ? "01" : "00");
  });

  test("none where no collector is set", async () => {
    app.t.platform.close();
    app = await TracedApp.open({});
    const response = await app.call("/healthz", { headers: { traceparent: SAMPLED } });
    expect(response.headers.get("traceparent")).toMatch(
      new RegExp(`^00-${TRACE}-(?!${CALLER})[0-9a-f]{16}-01$`),
    );
    expect(collector.received).toEqual([]);
  });
});

describe("a collector that is away", () => {
  test.each([
    ["closed", () => collector.close()],
    ["failing", () => void (collector.status = 503)],
  ])("(%s) is asked once in ten seconds, and told of once a minute", async (_, fail) => {
    fail();
    for (let second = 0; second < 25; second++) {
      expect((await app.call("/healthz")).status).toBe(200);
      app.t.platform.clock.advance(1_000);
    }
    expect(app.linesOf("spans_not_sent")).toHaveLength(1);
    expect(collector.received.length).toBeLessThanOrEqual(3);
    const text = await (await app.call("/metrics", { headers: headers() })).text();
    // Each try takes what has waited: 1 span at once, 10 after ten seconds, 10 after twenty.
    expect(text).toMatch(/^vitrine_spans_lost_total 21$/m);
  });

  test("delays no answer, and what does not fit is counted", async () => {
    collector.status = 0;
    const { response, after } = await app.ask("/healthz");
    expect(response.status).toBe(200);
    await vi.waitUntil(() => collector.received.length === 1);
    expect(after.pending).toBeGreaterThan(0);
    for (let i = 0; i < 2_100; i++) expect((await app.ask("/healthz")).response.status).toBe(200);
    collector.close();
    await after.settle();
    const text = await (await app.call("/metrics", { headers: headers() })).text();
    const lost = Number(/^vitrine_spans_lost_total (\d+)$/m.exec(text)?.[1]);
    expect(lost).toBe(1 + 100);
  });

  test("is found again", async () => {
    collector.status = 503;
    await app.call("/healthz");
    collector.status = 200;
    app.t.platform.clock.advance(10_000);
    await app.call("/healthz");
    expect(collector.received).toHaveLength(2);
    expect(app.t.platform.isolate.spans.takeDropped()).toBe(0);
  });
});

describe("the log of a job", () => {
  test("names the request that caused it, also where another job left it", async () => {
    await app.call(REBUILD, { method: "POST", headers: headers(SAMPLED) });
    await app.runJobs();
    const lines = app.linesOf("job_done");
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatchObject({ kind: "index.rebuild", request_id: "order.7", trace_id: TRACE });
    }
    expect(app.linesOf("request")[0]).toMatchObject({ request_id: "order.7", trace_id: TRACE });
  });

  test("names who redrove it, by way of the outbox", async () => {
    await app.t.platform.jobs.send([{ id: "job_1", kind: "index.rebuild", payload: {} }]);
    await app.runJobs();
    const path = "/v1/admin/dead-letters/dl_job_1/redrive";
    expect((await app.call(path, { method: "POST", headers: headers(SAMPLED) })).status).toBe(202);
    await app.runJobs();
    expect(app.linesOf("job_failed").map(({ request_id }) => request_id)).toEqual([undefined, "order.7"]);
  });

  test("names a failure's request too", async () => {
    const origin = { requestId: "order.8", traceparent: SAMPLED };
    await app.t.platform.jobs.send([{ id: "job_1", kind: "index.rebuild", payload: {}, origin }]);
    await app.runJobs();
    for (const event of ["job_failed", "dead_letter"]) {
      expect(app.linesOf(event)[0]).toMatchObject({ request_id: "order.8", trace_id: TRACE });
    }
  });

  test.each([
    ["an id with a line break", { requestId: "a\nb", traceparent: SAMPLED }],
    ["no trace", { requestId: "a", traceparent: "no" }],
    ["text", "origin"],
    ["null", null],
  ])("takes no names of %s", async (_, origin) => {
    const body = { id: "job_1", kind: "index.merge", payload: {}, origin };
    // Sound: a queue may hold what another version sent.
    await app.t.platform.jobs.send([body as never]);
    await app.runJobs();
    const [line] = app.linesOf("job_done");
    expect(line).toMatchObject({ job: "job_1" });
    expect(line).not.toHaveProperty("request_id");
  });
});

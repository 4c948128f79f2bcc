import { env } from "cloudflare:workers";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { expect, inject, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openDeps } from "../../src/platform/workers/open.ts";
import type { ReceivedSpan } from "../operations/collector.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

it("spans of a request reach a collector after its response, at the clock's time", async () => {
  const url = inject("collectorUrl");
  const context = createExecutionContext();
  const deps = openDeps({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: url }, context, newIsolate());
  const before = Date.now();
  const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };
  const response = await createApp().fetch(
    new Request("https://vitrine.test/v1/products/none", { headers }),
    deps,
  );
  expect(response.status).toBe(404);
  await response.text();
  await waitOnExecutionContext(context);
  const received = (await (await fetch(url)).json()) as ReceivedSpan[];
  const spans = received.filter(({ traceId }) => traceId === TRACE);
  const server = spans.find(({ parentSpanId }) => parentSpanId === "00f067aa0ba902b7");
  expect(server).toMatchObject({ name: "GET /v1/products/:id", kind: 2 });
  expect(spans.some(({ parentSpanId, kind }) => parentSpanId === server?.spanId && kind === 3)).toBe(true);
  for (const { startTimeUnixNano, endTimeUnixNano } of spans) {
    const [from, to] = [startTimeUnixNano, endTimeUnixNano].map((time) => Number(BigInt(time) / 1_000_000n));
    expect(from).toBeGreaterThanOrEqual(before - 1);
    expect(to).toBeGreaterThanOrEqual(from);
    expect(to).toBeLessThanOrEqual(Date.now() + 1);
  }
});

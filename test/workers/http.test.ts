import { env } from "cloudflare:workers";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openDeps } from "../../src/platform/workers/open.ts";
import { echoRoutes } from "../http/echo-routes.ts";

const isolate = newIsolate();
const calls = { count: 0 };
const app = createApp();
echoRoutes(calls)(app);

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const context = createExecutionContext();
  const request = new Request(`https://shop.example${path}`, init);
  const response = await app.fetch(request, openDeps(env, context, isolate), context);
  await waitOnExecutionContext(context);
  return response;
}

function post(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const given = {
    "content-type": "application/json",
    authorization: `Bearer ${env.OPERATOR_KEY}`,
    ...headers,
  };
  return call("/v1/echo", { method: "POST", body, headers: given });
}

function chunked(chunkBytes: number, times: number): ReadableStream<Uint8Array> {
  let left = times;
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(chunkBytes).fill(0x20));
      else controller.close();
    },
  });
}

it("reads JSON strictly", async () => {
  expect(await (await post('{"text":"🪑"}')).json()).toMatchObject({ text: "🪑" });
  expect((await post("{")).status).toBe(400);
  expect((await post(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
});

it("breaks off a body over the limit, read whole or as a stream", async () => {
  expect((await post(chunked(65_536, 20))).status).toBe(413);
  const put = (times: number) => {
    const headers = { "content-type": "application/x-ndjson" };
    return call("/v1/echo/1", { method: "PUT", body: chunked(100, times), headers });
  };
  expect(await (await put(10)).json()).toEqual({ bytes: 1_000 });
  expect((await put(11)).status).toBe(413);
});

it("replays an answer for its Idempotency-Key", async () => {
  const key = { "idempotency-key": crypto.randomUUID() };
  const first = await post('{"text":"once"}', key);
  const again = await post('{"text":"once"}', key);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await again.text()).toBe(await first.text());
});

it("adds its headers to a response whose own are frozen", async () => {
  const response = await call("/v1/frozen", { redirect: "manual" });
  expect(response.status).toBe(302);
  expect(response.headers.get("x-request-id")).not.toBeNull();
});

it("renders the reference", async () => {
  const response = await call("/docs");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<article id="get-healthz"');
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { echoRoutes } from "./echo-routes.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";

const MB = 1_048_576;
let t: TestApp;

beforeAll(async () => {
  t = await openApp({}, echoRoutes());
});
afterAll(() => t.platform.close());

/** Chunks without a Content-Length; `pulled` counts how many were asked for. */
function chunked(chunk: Uint8Array<ArrayBuffer>, times: number) {
  const state = { pulled: 0 };
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (state.pulled++ < times) controller.enqueue(chunk);
      else controller.close();
    },
  });
  return { stream, state };
}

function post(body: BodyInit | null, headers: Record<string, string> = {}) {
  const type = { "content-type": "application/json", ...operatorHeaders(t.platform), ...headers };
  return t.call("/v1/echo", { method: "POST", body, headers: type, duplex: "half" } as RequestInit);
}

describe("a JSON body", () => {
  test("is taken", async () => {
    expect((await post('\ufeff{"text":"hé 🪑"}')).status).toBe(201);
  });

  test.each(["", "{", '{"text":"a"} x', "{'text':1}", '{"text":"a",}', "NaN", '{"text":"\u0001"}'])(
    "of %j is a 400",
    async (body) => {
      expect(await problemOf(await post(body))).toMatchObject({ status: 400, code: "bad_request" });
    },
  );

  test.each([
    "null",
    "[]",
    '"text"',
    "7",
    '{"__proto__":{"text":"a"}}',
    "[".repeat(5_000) + "]".repeat(5_000),
  ])("of another shape is a 422: %.30s", async (body) => {
    expect(await problemOf(await post(body))).toMatchObject({ status: 422, code: "invalid_input" });
  });

  test("that is missing is a 400", async () => {
    expect(await problemOf(await post(null))).toMatchObject({ status: 400, code: "bad_request" });
  });

  test.each([
    [[0xff, 0xfe, 0x7b]],
    [[0x22, 0xc3, 0x28, 0x22]],
    [[0x22, 0xed, 0xa0, 0x80, 0x22]],
    [[0x22, 0xc3]],
  ])("of bytes %j that are not UTF-8 is a 400", async (bytes) => {
    const problem = await problemOf(await post(new Uint8Array(bytes)));
    expect(problem).toMatchObject({ status: 400, code: "bad_request" });
  });

  test("may be cut anywhere by the network", async () => {
    const bytes = new TextEncoder().encode('{"text":"🪑"}');
    const stream = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    expect(await (await post(stream)).json()).toMatchObject({ text: "🪑" });
  });

  test.each([
    "text/plain",
    "application/xml",
    "",
    "application/json; charset=utf-16",
    "application/jsonx",
    "json",
    ";",
  ])("as %j is a 415", async (type) => {
    const problem = await problemOf(await post('{"text":"a"}', { "content-type": type }));
    expect(problem).toMatchObject({ status: 415, code: "unsupported_media_type" });
  });

  test.each(["application/json;charset=UTF-8", 'Application/JSON; charset="utf-8"'])(
    "as %j is taken",
    async (type) => {
      expect((await post('{"text":"a"}', { "content-type": type })).status).toBe(201);
    },
  );
});

describe("a body over the limit", () => {
  test("is refused by its Content-Length, unread", async () => {
    const { stream, state } = chunked(new Uint8Array(10), 5);
    const response = await post(stream, { "content-length": String(MB + 1) });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: "body_too_large" });
    expect(state.pulled).toBeLessThanOrEqual(1);
  });

  test("is refused where its length is not told or is a lie, and its rest is dropped", async () => {
    const lengths: Record<string, string>[] = [{}, { "content-length": "10" }];
    for (const headers of lengths) {
      const { stream, state } = chunked(new Uint8Array(65_536).fill(0x20), 1_000);
      expect(await problemOf(await post(stream, headers))).toMatchObject({ status: 413 });
      expect(state.pulled).toBe(1_001);
    }
  });

  test("is taken at the limit exactly", async () => {
    const body = '{"text":"a"}'.padEnd(MB, " ");
    expect((await post(body)).status).toBe(201);
    expect((await post(`${body} `)).status).toBe(413);
  });

  test("breaks a streamed body off", async () => {
    const put = (times: number) => {
      const { stream } = chunked(new Uint8Array(100), times);
      const headers = { "content-type": "application/x-ndjson" };
      return t.call("/v1/echo/1", { method: "PUT", body: stream, headers, duplex: "half" } as RequestInit);
    };
    expect(await (await put(10)).json()).toEqual({ bytes: 1_000 });
    expect(await problemOf(await put(11))).toMatchObject({ status: 413, code: "body_too_large" });
  });

  test("is not read at all for someone without a credential", async () => {
    const { stream, state } = chunked(new Uint8Array(10), 5);
    const headers = { "content-type": "application/json" };
    const response = await t.call("/v1/echo", {
      method: "POST",
      body: stream,
      headers,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(401);
    expect(state.pulled).toBeLessThanOrEqual(1);
  });
});

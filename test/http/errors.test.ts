import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError, ERROR_CODES, type ErrorCode } from "../../src/domain/errors.ts";
import { echoRoutes } from "./echo-routes.ts";
import { openApp, operatorHeaders, problemOf, type TestApp } from "./open-app.ts";

let t: TestApp;

beforeAll(async () => {
  t = await openApp({}, (app) => {
    echoRoutes()(app);
    app.get("/v1/throw/:code", (c) => {
      throw new AppError(c.req.param("code") as ErrorCode, {
        detail: "What was tried",
        retryAfterSeconds: 7,
      });
    });
  });
});
afterAll(() => t.platform.close());

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  t.call("/v1/echo", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...operatorHeaders(t.platform), ...headers },
  });

test.each(Object.entries(ERROR_CODES))("%s is the documented problem", async (code, { status, title }) => {
  const response = await t.call(`/v1/throw/${code}`);
  expect(response.status).toBe(status);
  expect(response.headers.get("retry-after")).toBe("7");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.has("www-authenticate")).toBe(status === 401);
  expect(await problemOf(response)).toEqual({
    type: `/docs#problem-${code}`,
    title,
    status,
    detail: "What was tried",
    code,
    request_id: response.headers.get("x-request-id"),
  });
});

describe("a bug", () => {
  test("is a 500 that says nothing of the inside, with its stack in the log", async () => {
    const response = await post('{"text":"bug"}');
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ status: 500, code: "internal" });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|secret|deep/);
    const logged = t.platform.log.lines.findLast(({ event }) => event === "request failed");
    expect(logged).toMatchObject({ level: "error", request_id: problem["request_id"] });
    expect(JSON.stringify(logged)).toMatch(/hunter2.*echo-routes.*deep/);
  });
});

describe("input that is not valid", () => {
  test("names each bad field of a body in a 422", async () => {
    const problem = await problemOf(await post('{"text": 7, "tags": ["a", 1]}'));
    expect(problem).toMatchObject({ status: 422, code: "invalid_input" });
    expect(problem["errors"]).toMatchObject([{ path: "text" }, { path: "tags.1" }]);
  });

  test("names at most 20 fields", async () => {
    const tags = Array.from({ length: 29 }, (_, i) => i);
    const problem = await problemOf(await post(JSON.stringify({ text: "a", tags })));
    expect(problem["errors"]).toHaveLength(20);
  });

  test.each(["limit=0", "limit=101", "limit=1e1", "limit=%201", "limit=", "limit=1&limit=2", "limit=-1"])(
    "of the query %j is a 400",
    async (query) => {
      const init = { method: "PUT", body: "x", headers: { "content-type": "application/x-ndjson" } };
      const problem = await problemOf(await t.call(`/v1/echo/1?${query}`, init));
      expect(problem).toMatchObject({ status: 400, code: "bad_request", errors: [{ path: "limit" }] });
    },
  );

  test.each([
    "?__proto__=1&constructor=2",
    "?%FF=%FF&a=%",
    "?" + "a=1&".repeat(2_000),
    "?toString=1&hasOwnProperty=2",
  ])("beside the known parameters is let be: %.30s", async (query) => {
    const init = { method: "PUT", body: "abc", headers: { "content-type": "application/x-ndjson" } };
    const response = await t.call(`/v1/echo/1${query}`, init);
    expect([response.status, await response.json()]).toEqual([200, { bytes: 3 }]);
  });

  test.each([
    "/v1/%00",
    "/v1/%FF%FE",
    "/v1/../../etc/passwd",
    "/v1//",
    "/v1/%E0%A4%A",
    "/v1/" + "a/".repeat(2_000),
  ])("as a path %.30s is not found", async (path) => {
    expect((await t.call(path)).status).toBe(404);
  });
});

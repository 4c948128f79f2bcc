import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newReceipt } from "../../src/ports/receipt.ts";
import { parseTraceparent } from "../../src/domain/traces/trace-context.ts";
import { renderServerTiming } from "../../src/routes/middleware/receipt-text.ts";
import { echoRoutes } from "./echo-routes.ts";
import { openApp, problemOf, type TestApp } from "./open-app.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
let t: TestApp;

beforeAll(async () => {
  t = await openApp({}, echoRoutes());
});
afterAll(() => t.platform.close());

describe("the name of a request", () => {
  test("is a UUIDv7 where none is given", async () => {
    const id = (await t.call("/healthz")).headers.get("x-request-id");
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("is taken from a sane header and stands in the problem and the log", async () => {
    const response = await t.call("/v1/none", { headers: { "x-request-id": "trial.7" } });
    expect(response.headers.get("x-request-id")).toBe("trial.7");
    expect(await problemOf(response)).toMatchObject({ request_id: "trial.7" });
    expect(t.platform.log.lines.at(-1)).toMatchObject({
      event: "request",
      request_id: "trial.7",
      status: 404,
    });
  });

  test.each(["a b", "x".repeat(129), "<script>", "id\u00e9"])("is not %j", async (given) => {
    const id = (await t.call("/healthz", { headers: { "x-request-id": given } })).headers.get("x-request-id");
    expect(id).not.toBe(given);
  });

  test("follows a traceparent with a span of its own", async () => {
    const given = `00-${TRACE}-b7ad6b7169203331-01`;
    const echoed = (await t.call("/healthz", { headers: { traceparent: given } })).headers.get("traceparent");
    expect(echoed).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(echoed).not.toBe(given);
    expect(t.platform.log.lines.at(-1)).toMatchObject({ trace_id: TRACE });
  });

  test.each([
    undefined,
    "",
    `00-${TRACE}-b7ad6b7169203331`,
    `ff-${TRACE}-b7ad6b7169203331-01`,
    `00-${"0".repeat(32)}-b7ad6b7169203331-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-b7ad6b7169203331-01`,
    `00-${TRACE}-b7ad6b7169203331-01-more`,
  ])("begins a trace anew at %j", (header) => {
    expect(parseTraceparent(header)).toBeNull();
  });
});

describe("Server-Timing", () => {
  test.each([
    [0, "0 trips"],
    [1, "1 trip"],
    [2, "2 trips"],
  ])("tells %i round trips as %j", (dbTrips, desc) => {
    const timing = renderServerTiming({ ...newReceipt(), dbTrips, dbMs: 1.234 }, 5);
    expect(timing).toBe(`db;dur=1.23;desc="${desc}", total;dur=5`);
  });

  test("tells the cache and the search where they took part", () => {
    const timing = renderServerTiming({ ...newReceipt(), cache: "stale", searchMs: 0.5 }, 5);
    expect(timing).toBe('db;dur=0;desc="0 trips", cache;desc="stale", search;dur=0.5, total;dur=5');
  });

  test.each(["/healthz", "/readyz", "/v1/none", "/none", "/docs", "/v1/frozen"])("is on %s", async (path) => {
    expect((await t.call(path)).headers.get("server-timing")).toMatch(/^db;dur=.*total;dur=\d/);
  });
});

describe("what every response carries", () => {
  test.each(["/healthz", "/docs", "/none", "/v1/none", "/v1/frozen"])(
    "%s is held to a strict policy",
    async (path) => {
      const { headers } = await t.call(path);
      expect(headers.get("content-security-policy")).toContain("script-src 'self';");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).not.toBeNull();
      expect(headers.get("permissions-policy")).not.toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
    },
  );

  test("HSTS comes in production alone", async () => {
    const config = { ...t.platform.config, environment: "production" as const };
    const { headers } = await t.call("/healthz", {}, { config });
    expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
  });

  test("one line is logged with the pattern, not the query", async () => {
    await t.call("/v1/versions/7?q=private");
    const line = t.platform.log.lines.at(-1);
    expect(line).toMatchObject({
      method: "GET",
      route: "/v1/versions/:etag",
      path: "/v1/versions/7",
      status: 200,
    });
    expect(line).toMatchObject({ actor: "anonymous", db_trips: 0, cache: null });
    expect(JSON.stringify(line)).not.toContain("private");
  });
});

describe("methods", () => {
  test("HEAD answers as GET without a body", async () => {
    const response = await t.call("/healthz", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  test("another method of a known path is a 405 with Allow", async () => {
    const response = await t.call("/v1/echo/1", { method: "PATCH" });
    expect(response.headers.get("allow")).toBe("PUT, OPTIONS");
    expect(await problemOf(response)).toMatchObject({ status: 405, code: "method_not_allowed" });
  });

  test("OPTIONS tells what a path takes", async () => {
    const response = await t.call("/healthz", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});

describe("calls from other origins", () => {
  const ask = (corsOrigins: string[], init: RequestInit = {}) =>
    t.call(
      "/healthz",
      { headers: { origin: "https://a.example" }, ...init },
      {
        config: { ...t.platform.config, corsOrigins },
      },
    );

  test("may come from any with *, and never with cookies", async () => {
    const { headers } = await ask(["*"]);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("access-control-expose-headers")).toContain("Server-Timing");
  });

  test("are told apart, and vary, where origins are listed", async () => {
    const listed = await ask(["https://a.example"]);
    expect(listed.headers.get("access-control-allow-origin")).toBe("https://a.example");
    expect(listed.headers.get("vary")).toContain("Origin");
    const other = await ask(["https://b.example"]);
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
    expect(other.headers.get("vary")).toContain("Origin");
  });

  test("are preflighted once in two hours", async () => {
    const preflight = { origin: "https://a.example", "access-control-request-method": "PUT" };
    const { status, headers } = await t.call("/v1/echo/1", { method: "OPTIONS", headers: preflight });
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-methods")).toContain("PUT");
    expect(headers.get("access-control-allow-headers")).toContain("Authorization");
    expect(headers.get("access-control-max-age")).toBe("7200");
  });
});

describe("a versioned answer", () => {
  const ask = (header?: string) =>
    t.call("/v1/versions/v7?limit=2", header === undefined ? {} : { headers: { "if-none-match": header } });

  test("carries its tag, its lifetime and the next page", async () => {
    const { status, headers } = await ask();
    expect(status).toBe(200);
    expect(headers.get("etag")).toBe('"v7"');
    expect(headers.get("cache-control")).toBe("public, max-age=60");
    expect(headers.get("vary")).toContain("Accept");
    expect(headers.get("link")).toBe('</v1/versions/v7?limit=2&cursor=abc>; rel="next"');
  });

  test.each(['"v7"', 'W/"v7"', '"v6", "v7"', '"a,b" , W/"v7"', "*", " * "])(
    "is not sent again for %s",
    async (header) => {
      const response = await ask(header);
      expect([response.status, await response.text()]).toEqual([304, ""]);
      expect(response.headers.get("etag")).toBe('"v7"');
    },
  );

  test.each(['"v6"', "v7", '"V7"', '"v7', '"v71"', '""', "**"])("is sent for %s", async (header) => {
    expect((await ask(header)).status).toBe(200);
  });
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { Admission } from "../../src/domain/admission.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { newMerchant } from "../catalogue/open-catalogue.ts";
import { openApp, operatorHeaders, ORIGIN, problemOf, type TestApp } from "../http/open-app.ts";

type Headers = Record<string, string>;

const ROOM = 4;
/** However slow the machine is that runs this. */
const NEVER_LATE = 60_000;

let t: TestApp;
let open: () => void;
let onArrival: () => void;

beforeEach(async () => {
  const gate = new Promise<void>((resolve) => (open = resolve));
  t = await openApp({ config: { admission: true } }, (app) => {
    app.get("/v1/held", async (c) => {
      onArrival();
      await gate;
      return c.text("done");
    });
  });
  t.platform.isolate.admission = new Admission({ most: ROOM, least: 2, targetMs: NEVER_LATE });
});
afterEach(() => t.platform.close());

/** One request, and the end of the turn in which it came. */
async function get(path: string, headers: Headers = {}, method = "GET"): Promise<Response> {
  const deps = openMemoryDeps(t.platform);
  const response = await t.app.fetch(new Request(new URL(path, ORIGIN), { headers, method }), deps);
  await deps.lifetime.settle();
  return response;
}

async function hold(count: number, headers: Headers = {}): Promise<Promise<Response>[]> {
  let missing = count;
  const all = new Promise<void>((resolve) => {
    onArrival = () => {
      if (--missing === 0) resolve();
    };
  });
  const held = Array.from({ length: count }, () => get("/v1/held", headers));
  await all;
  return held;
}

test("what finds no room is refused at once with a time to come again, and nothing else is harmed", async () => {
  const held = await hold(ROOM);
  const refused = await get("/v1/search?q=lamp");
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(refused.headers.get("cache-control")).toBe("no-store");
  expect(refused.headers.get("x-request-id")).not.toBeNull();
  expect(await problemOf(refused)).toMatchObject({ code: "overloaded", status: 503 });
  open();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  t.platform.clock.advance(1_000);
  expect((await get("/b.js")).status).toBe(200);
  expect(t.platform.isolate.admission.inUse).toBe(0);
});

test("a refusal says all that every answer says", async () => {
  const held = await hold(ROOM);
  const trace = "0af7651916cd43dd8448eb211c80319c";
  const refused = await get("/v1/search?q=lamp&receipt=1", {
    origin: "https://elsewhere.example",
    "x-request-id": "mine-1",
    traceparent: `00-${trace}-b7ad6b7169203331-01`,
  });
  const { headers } = refused;
  expect(await problemOf(refused)).toMatchObject({ request_id: "mine-1", type: "/docs#problem-overloaded" });
  expect(headers.get("x-request-id")).toBe("mine-1");
  expect(headers.get("traceparent")).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("access-control-expose-headers")).toContain("Retry-After");
  expect(headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("server-timing")).toContain('db;dur=0;desc="0 trips"');
  expect(JSON.parse(headers.get("receipt") ?? "")).toMatchObject({ trips: 0, cpu: "light" });
  open();
  await Promise.all(held);
});

test("an id that may not stand in a header is not echoed, HEAD has no body, and preflights find room", async () => {
  const held = await hold(ROOM);
  const made = await get("/v1/search?q=lamp", { "x-request-id": "<script>" });
  expect(made.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  const head = await get("/v1/search?q=lamp", {}, "HEAD");
  expect(head.status).toBe(503);
  expect(await head.text()).toBe("");
  const preflight = await get("/v1/search", { origin: "https://elsewhere.example" }, "OPTIONS");
  expect(preflight.status).toBe(204);
  open();
  await Promise.all(held);
});

test("refusals are counted, and not one of them writes a line", async () => {
  const held = await hold(ROOM);
  const { length } = t.platform.log.lines;
  for (let i = 0; i < 3; i++) await get("/v1/search?q=lamp");
  expect(t.platform.log.lines).toHaveLength(length);
  open();
  await Promise.all(held);
  const metrics = await (await get("/metrics", operatorHeaders(t.platform))).text();
  expect(metrics).toMatch(/vitrine_requests_shed_total\{reason="full"\} 3/);
  expect(metrics).toMatch(/vitrine_request_problems_total\{code="overloaded"\} 3/);
  expect(metrics).toMatch(/vitrine_http_requests_total\{[^}]*route="\/v1\/search"[^}]*status="5xx"[^}]*\} 3/);
});

test("health, readiness and the operator's routes always find room", async () => {
  const held = await hold(ROOM);
  expect((await get("/healthz")).status).toBe(200);
  expect((await get("/readyz")).status).not.toBe(429);
  expect((await get("/metrics", operatorHeaders(t.platform))).status).toBe(200);
  expect((await get("/v1/admin/backlog", operatorHeaders(t.platform))).status).toBe(200);
  open();
  await Promise.all(held);
});

test("so does the operator elsewhere, once the key has been seen", async () => {
  await get("/v1/orgs", operatorHeaders(t.platform));
  const held = await hold(ROOM);
  expect((await get("/v1/orgs", operatorHeaders(t.platform))).status).toBe(200);
  open();
  await Promise.all(held);
});

test("while one organisation fills all the room, another's requests are answered", async () => {
  const [noisy, quiet] = [await newMerchant(t, "noisy"), await newMerchant(t, "quiet")];
  for (let i = 0; i < 64; i++) await get("/v1/orgs/noisy", noisy.headers);
  await get("/v1/orgs/quiet", quiet.headers);
  t.platform.clock.advance(200);
  await get("/v1/orgs/noisy", noisy.headers);
  const held = await hold(ROOM, noisy.headers);
  expect((await get("/v1/orgs/noisy", noisy.headers)).status).toBe(503);
  expect((await get("/v1/orgs/quiet", quiet.headers)).status).toBe(200);
  open();
  await Promise.all(held);
});

test("people see a page", async () => {
  const held = await hold(ROOM);
  for (const path of ["/", "/p/lamp-1"]) {
    const page = await get(path, { accept: "text/html", "x-request-id": `of-${path.length}` });
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("1");
    expect(page.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    const html = await page.text();
    expect(html).toContain("One moment, please");
    expect(html).toContain(`Request of-${path.length}<`);
  }
  open();
  await Promise.all(held);
});

test("a deployment may let everything in", async () => {
  t.platform.config.admission = false;
  const held = await hold(3 * ROOM);
  open();
  expect((await Promise.all(held)).every(({ status }) => status === 200)).toBe(true);
});

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
async function get(path: string, headers: Headers = {}): Promise<Response> {
  const deps = openMemoryDeps(t.platform);
  const response = await t.app.fetch(new Request(new URL(path, ORIGIN), { headers }), deps);
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

test("refusals are counted, and not one of them writes a line", async () => {
  const held = await hold(ROOM);
  const { length } = t.platform.log.lines;
  for (let i = 0; i < 3; i++) await get("/v1/search?q=lamp");
  expect(t.platform.log.lines).toHaveLength(length);
  open();
  await Promise.all(held);
  const metrics = await get("/metrics", operatorHeaders(t.platform));
  expect(await metrics.text()).toMatch(/vitrine_requests_shed_total\{reason="full"\} 3/);
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
  const page = await get("/", { accept: "text/html" });
  expect(page.status).toBe(503);
  expect(page.headers.get("retry-after")).toBe("1");
  expect(await page.text()).toContain("One moment, please");
  open();
  await Promise.all(held);
});

test("a deployment may let everything in", async () => {
  t.platform.config.admission = false;
  const held = await hold(3 * ROOM);
  open();
  expect((await Promise.all(held)).every(({ status }) => status === 200)).toBe(true);
});

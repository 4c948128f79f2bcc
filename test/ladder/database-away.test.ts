import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openLadder, problemCode, SEEN, type Ladder } from "./open-ladder.ts";

const FEED = "/v1/feed";
const OVERVIEW = "/v1/orgs/acme/overview?tz=UTC";

let w: Ladder;
beforeEach(async () => {
  w = await openLadder();
  for (const path of SEEN) await w.get(path);
  await w.get(FEED, w.ada);
  await w.get(OVERVIEW, w.acme.headers);
});
afterEach(() => w.t.close());

function databaseFails(kind: "away" | "hangs", afterSeconds = 60): void {
  w.t.platform.clock.advance(afterSeconds * 1_000);
  w.t.faults.database.kind = kind;
}

describe.each(["away", "hangs"] as const)("with the database failing: %s", (kind) => {
  test("all that was seen is answered, and what may be old says how old it is", async () => {
    databaseFails(kind);
    for (const path of SEEN) expect((await w.get(path)).status, path).toBe(200);
    for (const [path, headers] of [
      ["/v1/search?q=lamp", {}],
      ["/v1/products/lamp-1", {}],
      [FEED, w.ada],
      [OVERVIEW, w.acme.headers],
    ] as const) {
      const response = await w.get(path, headers);
      expect(response.status, path).toBe(200);
      expect(Number(response.headers.get("age")), path).toBeGreaterThanOrEqual(60);
      expect(response.headers.get("warning"), path).toBe('110 - "Response is Stale"');
      expect(response.headers.get("cache-control"), path).toBe("no-store");
    }
  });

  test("writes are refused with a time to come again, and nothing is asked while the breaker is open", async () => {
    databaseFails(kind);
    const post = () => w.send("POST", "/v1/posts", { text: "Now" }, w.ada);
    for (let i = 0; i < 4; i++) expect((await post()).status).toBe(503);
    const { calls } = w.t.faults.database;
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await problemCode(refused)).toBe("unavailable");
    expect(w.t.faults.database.calls).toBe(calls);
  });
});

test("a new query is searched in the index and marked as degraded", async () => {
  databaseFails("away");
  const page = (await (await w.get("/v1/search?q=brass&facets=brand")).json()) as Record<string, unknown>;
  expect(page).toMatchObject({
    total: 1,
    degraded: true,
    facets: { brand: [{ value: "Lumholt", count: 1 }] },
  });
});

test("a product that was never read is shown as far as the index knows it", async () => {
  databaseFails("away");
  const elsewhere = { isolate: newIsolate() };
  elsewhere.isolate.index = w.t.platform.isolate.index;
  w.t.faults.edgeCache.kind = "away";
  const page = await w.t.call("/p/lamp-1", {}, elsewhere);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Brass table lamp");
  expect((await w.t.call("/v1/products/lamp-1", {}, elsewhere)).status).toBe(503);
});

test("public answers need nobody's name, and private ones are not given to who cannot be named", async () => {
  databaseFails("away");
  const unknown = { authorization: `Bearer vk_${"A".repeat(40)}` };
  expect((await w.get("/v1/search?q=lamp", unknown)).status).toBe(200);
  expect((await w.get("/v1/orgs", unknown)).status).toBe(503);
});

test("nothing is served that is older than it may be", async () => {
  databaseFails("away", 301);
  expect((await w.get(FEED, w.ada)).status).toBe(503);
  expect((await w.get(OVERVIEW, w.acme.headers)).status).toBe(503);
  w.t.platform.clock.advance(3_600_000);
  expect((await w.get("/v1/products/lamp-1")).status).toBe(503);
  expect((await w.get("/v1/search?q=lamp")).status).toBe(200);
});

test("a feed without what its reader has just written is not served", async () => {
  w.t.platform.clock.advance(60_000);
  const written = await w.send("POST", "/v1/posts", { text: "Newer" }, w.ada);
  const token = written.headers.get("consistency-token") ?? "";
  w.t.faults.database.kind = "away";
  expect((await w.get(FEED, { ...w.ada, "consistency-token": token })).status).toBe(503);
});

test("all is as it was within two seconds of the database's return", async () => {
  databaseFails("away");
  for (let i = 0; i < 6; i++) await w.send("POST", "/v1/posts", { text: "Now" }, w.ada);
  for (let i = 0; i < 6; i++) await w.get(FEED, w.ada);
  w.t.faults.database.kind = "none";
  w.t.platform.clock.advance(1_000);
  expect((await w.send("POST", "/v1/posts", { text: "Now" }, w.ada)).status).toBe(201);
  const feed = await w.get(FEED, w.ada);
  expect(feed.headers.get("warning")).toBeNull();
  await w.get("/v1/search?q=lamp");
  const page = (await (await w.get("/v1/search?q=lamp")).json()) as Record<string, unknown>;
  expect(page.degraded).toBeUndefined();
});

test("health says that the process lives, readiness what is missing", async () => {
  databaseFails("away");
  expect((await w.get("/healthz")).status).toBe(200);
  const ready = await w.get("/readyz");
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({
    ready: false,
    checks: { database: { ok: false }, index: { ok: true } },
  });
});

test("the metrics tell that it is left out, and when it is back", async () => {
  const level = async (): Promise<string | undefined> => {
    const headers = { authorization: `Bearer ${w.t.platform.config.operatorKey}` };
    w.t.platform.clock.advance(20_000);
    await w.get("/healthz");
    return /^vitrine_brownout_level (\d)/m.exec(await (await w.get("/metrics", headers)).text())?.[1];
  };
  databaseFails("away");
  for (let i = 0; i < 6; i++) await w.send("POST", "/v1/posts", { text: "Now" }, w.ada);
  // Its reads and its writes.
  expect(await level()).toBe("2");
  w.t.faults.database.kind = "none";
  w.t.platform.clock.advance(1_000);
  expect((await w.send("POST", "/v1/posts", { text: "Now" }, w.ada)).status).toBe(201);
  await w.get("/v1/friends", w.ada);
  expect(await level()).toBe("0");
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { mergeChanges } from "../../src/services/search/merge.ts";
import { startRebuild } from "../../src/services/search/rebuild.ts";
import { searchProducts } from "../../src/services/search/search.ts";
import { MANIFEST_KEY } from "../../src/services/search/segments.ts";
import { product, QUERY, Shop } from "./shop.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
});
afterEach(() => shop.close());

const OPERATOR = { kind: "operator" as const };
const ANYONE = { kind: "anonymous" as const };
const away = {
  get orm(): never {
    throw new Error("the database is away");
  },
  all: () => Promise.reject(new Error("the database is away")),
};

function lamps(count: number, from = 0) {
  return Array.from({ length: count }, (_, i) =>
    product(`lamp-${String(from + i).padStart(4, "0")}`, { title: "Lamp" }),
  );
}

test("an empty catalogue answers an empty page", async () => {
  expect(await shop.find("lamp")).toEqual([]);
});

test("a product written is found by an isolate that is already running, and one deleted is gone", async () => {
  const isolate = shop.otherIsolate();
  expect(await shop.find("lamp", isolate)).toEqual([]);
  await shop.write(product("a", { title: "Brass lamp" }), product("b", { title: "Paper lamp" }));
  expect(await shop.find("lamp", isolate)).toEqual(["a", "b"]);
  await shop.remove("a");
  await shop.write(product("b", { title: "Paper kite" }));
  expect(await shop.find("lamp", isolate)).toEqual([]);
});

test("a check within 1.5 s of the last one comes after the response, and the next search sees it", async () => {
  const isolate = shop.otherIsolate();
  await shop.find("lamp", isolate);
  await shop.write(product("a", { title: "Lamp" }));
  shop.platform.clock.advance(-2_000);
  const ctx = { ...isolate, actor: ANYONE };
  expect((await searchProducts(ctx, { ...QUERY, q: "lamp" })).page.total).toBe(0);
  await isolate.lifetime.settle();
  expect((await searchProducts(ctx, { ...QUERY, q: "lamp" })).page.total).toBe(1);
});

test("a search on a loaded isolate makes no database trip, and a check makes one", async () => {
  await shop.write(...lamps(3));
  const isolate = shop.otherIsolate();
  await shop.find("lamp", isolate);
  expect(isolate.receipt.dbTrips).toBe(1);
  await searchProducts({ ...isolate, actor: ANYONE }, { ...QUERY, q: "brass" });
  expect(isolate.receipt.dbTrips).toBe(1);
});

test("after a merge, old and new isolates find the same", async () => {
  const old = shop.otherIsolate();
  await shop.write(...lamps(300));
  await shop.find("lamp", old);
  await mergeChanges(shop.deps());
  await shop.write(product("lamp-0000", { title: "Kite" }));
  await shop.remove("lamp-0001");
  const expected = lamps(98, 2).map(({ id }) => id);
  expect((await shop.find("lamp", old)).slice(0, 98)).toEqual(expected);
  expect((await shop.find("lamp", shop.otherIsolate())).slice(0, 98)).toEqual(expected);
});

test("merges fold small segments together and mark old copies dead in large ones", async () => {
  await shop.write(...lamps(900));
  await mergeChanges(shop.deps());
  await shop.write(...lamps(200, 800));
  await mergeChanges(shop.deps());
  expect(await shop.liveCounts()).toEqual([200, 800]);
  await shop.write(...lamps(600, 1_000));
  await mergeChanges(shop.deps());
  expect(await shop.liveCounts()).toEqual([1_600]);
  const { page } = await searchProducts({ ...shop.otherIsolate(), actor: ANYONE }, { ...QUERY, q: "lamp" });
  expect(page.total).toBe(1_600);
});

test("a merge without enough changes publishes nothing", async () => {
  await shop.write(...lamps(10));
  await mergeChanges(shop.deps());
  expect((await shop.manifest()).generation).toBe(0);
  await mergeChanges(shop.deps(), { force: true });
  await mergeChanges(shop.deps(), { force: true });
  expect((await shop.manifest()).generation).toBe(1);
});

test("of two merges at once one does the work and the other leaves it to the first", async () => {
  await shop.write(...lamps(300));
  await Promise.all([mergeChanges(shop.deps()), mergeChanges(shop.deps())]);
  expect((await shop.manifest()).generation).toBe(1);
  expect(await shop.find("lamp", shop.otherIsolate())).toHaveLength(100);
});

test("while the catalogue is changing a merge waits, and it comes once the import is over", async () => {
  await shop.write(...lamps(300));
  shop.platform.clock.advance(-3_000);
  await mergeChanges(shop.deps());
  expect((await shop.manifest()).generation).toBe(0);
  expect(shop.platform.jobs.queued).toHaveLength(1);
  shop.platform.clock.advance(2_000);
  await shop.work();
  expect((await shop.manifest()).generation).toBe(1);
});

test("a merge that died holds others off no longer than its lease", async () => {
  await shop.write(...lamps(300));
  const dying = shop.deps({
    blobs: Object.create(shop.platform.blobs, { put: { value: () => new Promise(() => {}) } }),
  });
  void mergeChanges(dying);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await mergeChanges(shop.deps());
  expect((await shop.manifest()).generation).toBe(0);
  shop.platform.clock.advance(121_000);
  await mergeChanges(shop.deps());
  expect((await shop.manifest()).generation).toBe(1);
});

test("a rebuild replaces all segments, and changes made meanwhile are kept", async () => {
  await shop.write(...lamps(300));
  await mergeChanges(shop.deps());
  const isolate = shop.otherIsolate();
  await shop.find("lamp", isolate);
  const { buildId, started } = await startRebuild({ ...shop.deps(), actor: OPERATOR });
  expect(started).toBe(true);
  expect(await startRebuild({ ...shop.deps(), actor: OPERATOR })).toEqual({ buildId, started: false });
  await shop.write(product("new", { title: "Unicorn" }));
  await shop.remove("lamp-0000");
  await shop.work();
  expect(isolate.isolate.index.manifest?.generation).toBe(1);
  expect(await shop.find("unicorn", isolate)).toEqual(["new"]);
  expect(isolate.isolate.index.manifest?.generation).toBe(2);
  const { page } = await searchProducts({ ...isolate, actor: ANYONE }, { ...QUERY, q: "lamp" });
  expect(page.total).toBe(299);
  expect(await shop.find("unicorn", shop.otherIsolate())).toEqual(["new"]);
});

test("a damaged segment is refused with a log line, and the last good generation serves all products", async () => {
  await shop.write(...lamps(300));
  await mergeChanges(shop.deps());
  const running = shop.otherIsolate();
  await shop.find("lamp", running);
  await shop.write(product("new", { title: "Unicorn" }));
  await mergeChanges(shop.deps(), { force: true });
  for (const { key } of (await shop.manifest()).segments) {
    const bytes = new Uint8Array((await shop.platform.blobs.get(key)) ?? new ArrayBuffer(0));
    bytes[bytes.length >> 1] ^= 1;
    if (!running.isolate.index.segments.has(key))
      await shop.platform.blobs.put(key, bytes, "application/octet-stream");
  }
  expect(await shop.find("unicorn", running)).toEqual(["new"]);
  expect(running.isolate.index.manifest?.generation).toBe(1);
  const cold = shop.otherIsolate();
  await shop.find("lamp", cold);
  expect(await shop.find("unicorn", cold)).toEqual(["new"]);
  expect(shop.platform.log.lines.some((line) => line.event === "index_refused")).toBe(true);
});

test("with the database away, a running isolate answers and says degraded, and a cold one loads the published copy", async () => {
  await shop.write(...lamps(300));
  await mergeChanges(shop.deps());
  const running = shop.otherIsolate();
  await shop.find("lamp", running);
  shop.platform.clock.advance(60_000);
  for (const deps of [{ ...running, db: away }, shop.otherIsolate({ db: away })]) {
    const { page } = await searchProducts({ ...deps, actor: ANYONE }, { ...QUERY, q: "lamp" });
    expect(page).toMatchObject({ total: 300, degraded: true });
  }
});

test("with the database away and no published index, the answer is unavailable", async () => {
  const ctx = { ...shop.otherIsolate({ db: away }), actor: ANYONE };
  await expect(searchProducts(ctx, QUERY)).rejects.toMatchObject({ code: "unavailable", status: 503 });
});

test("a published copy that is no manifest is refused", async () => {
  await shop.platform.blobs.put(MANIFEST_KEY, new TextEncoder().encode('{"format":2}'), "application/json");
  const ctx = { ...shop.otherIsolate({ db: away }), actor: ANYONE };
  await expect(searchProducts(ctx, QUERY)).rejects.toMatchObject({ code: "unavailable" });
});

test("a cold isolate answers what another isolate of the data centre was asked twice, before its index is loaded", async () => {
  await shop.write(...lamps(300));
  await mergeChanges(shop.deps());
  const warm = shop.otherIsolate();
  const first = await searchProducts({ ...warm, actor: ANYONE }, { ...QUERY, q: "lamp" });
  await searchProducts({ ...warm, actor: ANYONE }, { ...QUERY, q: "lamp" });
  await warm.lifetime.settle();
  const blobs = Object.create(shop.platform.blobs, { get: { value: () => new Promise(() => {}) } });
  const cold = shop.otherIsolate({ blobs });
  const early = await searchProducts({ ...cold, actor: ANYONE }, { ...QUERY, q: "lamp" });
  expect(early.page).toEqual(first.page);
  expect(cold.isolate.index.snapshot).toBeNull();
});

test("a cold isolate whose load was cut off answers nothing that others computed before a change", async () => {
  await shop.write(...lamps(300));
  await mergeChanges(shop.deps());
  const warm = shop.otherIsolate();
  for (let i = 0; i < 2; i++) await searchProducts({ ...warm, actor: ANYONE }, { ...QUERY, q: "lamp" });
  await warm.lifetime.settle();
  const { blobs } = shop.platform;
  const cutOff = Object.create(blobs, { get: { value: () => new Promise(() => {}) } });
  const cold = shop.otherIsolate({ blobs: cutOff });
  await searchProducts({ ...cold, actor: ANYONE }, { ...QUERY, q: "lamp" });
  await shop.write(product("new", { title: "Lamp" }));
  shop.platform.clock.advance(15_000);
  const again = await searchProducts({ ...cold, blobs, actor: ANYONE }, { ...QUERY, q: "lamp" });
  expect(again.page.total).toBe(301);
});

test("twenty searches on a cold isolate load each segment once", async () => {
  await shop.write(...lamps(300));
  await mergeChanges(shop.deps());
  let loads = 0;
  const blobs = Object.create(shop.platform.blobs, {
    get: {
      value: async (key: string) => {
        if (key.includes("segments")) loads++;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return shop.platform.blobs.get(key);
      },
    },
  });
  const isolate = shop.otherIsolate({ blobs });
  const pages = await Promise.all(
    Array.from({ length: 20 }, () => searchProducts({ ...isolate, actor: ANYONE }, { ...QUERY, q: "lamp" })),
  );
  expect(loads).toBe(1);
  expect(new Set(pages.map(({ page }) => page.total))).toEqual(new Set([300]));
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { makeRoom } from "../../src/platform/isolate.ts";
import { product, Shop } from "../search/shop.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  await shop.write(product("a", { title: "Brass lamp" }), product("b", { title: "Paper lamp" }));
});
afterEach(() => shop.close());

test("an isolate that has made room for an image holds no index and no cache, and finds the same again", async () => {
  const deps = shop.otherIsolate();
  expect(await shop.find("lamp", deps)).toEqual(["a", "b"]);
  deps.isolate.cache.set("key", "value", 10);
  makeRoom(deps.isolate, deps.clock.now());
  expect(deps.isolate.index.snapshot).toBeNull();
  expect(deps.isolate.index.segments.size).toBe(0);
  expect(deps.isolate.cache).toMatchObject({ bytes: 0, size: 0 });
  await shop.write(product("c", { title: "Glass lamp" }));
  expect(await shop.find("lamp", deps)).toEqual(["a", "b", "c"]);
});

test("an index that is being loaded is left to who loads it", async () => {
  const deps = shop.otherIsolate();
  await shop.find("lamp", deps);
  deps.isolate.index.leaseUntil = deps.clock.now() + 1_000;
  makeRoom(deps.isolate, deps.clock.now());
  expect(deps.isolate.index.snapshot).not.toBeNull();
});

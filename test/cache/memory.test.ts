import { expect, test } from "vitest";
import { CacheMemory } from "../../src/cache/memory.ts";

test("the least recently used entries go first when the bytes are used up", () => {
  const cache = new CacheMemory(800);
  for (let i = 0; i < 8; i++) cache.set(`k${i}`, i, 100);
  cache.get("k0");
  cache.set("k8", 8, 100);
  expect(cache.get("k1")).toBeUndefined();
  expect(cache.get("k0")?.value).toBe(0);
  expect(cache.bytes).toBe(800);
});

test("an entry that would flush the rest is not kept", () => {
  const cache = new CacheMemory(800);
  cache.set("small", 1, 50);
  cache.set("large", 2, 101);
  expect(cache.get("large")).toBeUndefined();
  expect(cache.get("small")?.value).toBe(1);
});

test("replacing an entry counts its size once", () => {
  const cache = new CacheMemory(800);
  cache.set("k", 1, 60);
  cache.set("k", 2, 40);
  expect([cache.bytes, cache.size]).toEqual([40, 1]);
});

test("a fill's mark holds others off until it ends or its lease is over", () => {
  const cache = new CacheMemory(800);
  expect(cache.beginFill("k", 0, 100)).toBe(true);
  expect(cache.beginFill("k", 50, 100)).toBe(false);
  expect(cache.beginFill("k", 100, 100)).toBe(true);
  cache.endFill("k");
  expect(cache.filling("k", 101)).toBe(false);
});

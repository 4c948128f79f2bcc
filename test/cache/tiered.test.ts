import { afterEach, beforeEach, expect, test } from "vitest";
import { type CachePolicy, readThrough } from "../../src/cache/tiered.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { createMemoryPlatform, type MemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";

const POLICY: CachePolicy = { name: "things", freshSeconds: 10, staleSeconds: 20, shared: ["edge", "kv"] };

let platform: MemoryPlatform;
beforeEach(async () => {
  platform = await createMemoryPlatform();
});
afterEach(() => platform.close());

function counter() {
  let fills = 0;
  return { fill: async () => ({ fills: ++fills }), count: () => fills };
}

test("a second read is answered from memory", async () => {
  const { fill, count } = counter();
  const deps = openMemoryDeps(platform);
  await readThrough(deps, "k", POLICY, fill);
  expect(await readThrough(deps, "k", POLICY, fill)).toEqual({ fills: 1 });
  expect(count()).toBe(1);
});

test("another isolate is answered from the shared tiers", async () => {
  const { fill, count } = counter();
  const deps = openMemoryDeps(platform);
  await readThrough(deps, "k", POLICY, fill);
  await deps.lifetime.settle();
  const other = openMemoryDeps(platform, { isolate: newIsolate() });
  expect(await readThrough(other, "k", POLICY, fill)).toEqual({ fills: 1 });
  expect(count()).toBe(1);
});

test("a stale entry is served at once and filled after the response", async () => {
  const { fill } = counter();
  const deps = openMemoryDeps(platform);
  await readThrough(deps, "k", POLICY, fill);
  platform.clock.advance(15_000);
  const stale = openMemoryDeps(platform);
  expect(await readThrough(stale, "k", POLICY, fill)).toEqual({ fills: 1 });
  await stale.lifetime.settle();
  expect(await readThrough(openMemoryDeps(platform), "k", POLICY, fill)).toEqual({ fills: 2 });
});

test("an entry older than fresh and stale together is filled before the answer", async () => {
  const { fill } = counter();
  await readThrough(openMemoryDeps(platform), "k", POLICY, fill);
  platform.clock.advance(31_000);
  const deps = openMemoryDeps(platform);
  expect(await readThrough(deps, "k", POLICY, fill)).toEqual({ fills: 2 });
});

test("an entry's age counts from its fill, whatever tier it comes from", async () => {
  const { fill } = counter();
  const deps = openMemoryDeps(platform);
  await readThrough(deps, "k", POLICY, fill);
  await deps.lifetime.settle();
  platform.clock.advance(29_000);
  const other = openMemoryDeps(platform, { isolate: newIsolate() });
  expect(await readThrough(other, "k", POLICY, () => Promise.reject(new Error("busy")))).toEqual({
    fills: 1,
  });
  await other.lifetime.settle();
  platform.clock.advance(2_000);
  // KV keeps an entry for a minute at least.
  expect(await platform.kv.get("k")).not.toBeNull();
  for (const isolate of [other.isolate, newIsolate()]) {
    const late = openMemoryDeps(platform, { isolate });
    const answer = await readThrough(late, "k", { ...POLICY, shared: ["kv"] }, fill);
    expect(answer.fills).toBeGreaterThan(1);
    await platform.kv.delete("k");
  }
});

test("an entry's age begins before its fill does", async () => {
  const slow = async () => {
    platform.clock.advance(25_000);
    return 1;
  };
  const deps = openMemoryDeps(platform);
  await readThrough(deps, "k", POLICY, slow);
  platform.clock.advance(6_000);
  expect(await readThrough(openMemoryDeps(platform), "k", POLICY, async () => 2)).toBe(2);
});

test("a stale entry is filled once, however many are served it", async () => {
  const { fill, count } = counter();
  await readThrough(openMemoryDeps(platform), "k", POLICY, fill);
  platform.clock.advance(15_000);
  const readers = Array.from({ length: 5 }, () => openMemoryDeps(platform));
  await Promise.all(readers.map((deps) => readThrough(deps, "k", POLICY, fill)));
  await Promise.all(readers.map((deps) => deps.lifetime.settle()));
  expect(count()).toBe(2);
});

test("a stampede on one key makes one fill", async () => {
  let fills = 0;
  const slow = async () => {
    fills++;
    await new Promise((resolve) => setTimeout(resolve, 30));
    return { fills };
  };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => readThrough(openMemoryDeps(platform), "k", POLICY, slow)),
  );
  expect(fills).toBe(1);
  expect(new Set(answers.map((answer) => answer.fills))).toEqual(new Set([1]));
});

test("a fill that fails leaves the key free for the next one", async () => {
  const deps = openMemoryDeps(platform);
  await expect(readThrough(deps, "k", POLICY, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await readThrough(deps, "k", POLICY, async () => "yes")).toBe("yes");
});

test("a shared tier that fails is a miss and a log line", async () => {
  const down = () => Promise.reject(new Error("down"));
  const broken = { get: down, put: down, getBytes: down, putBytes: down };
  const deps = openMemoryDeps(platform, { edgeCache: broken });
  expect(await readThrough(deps, "k", POLICY, async () => 1)).toBe(1);
  await deps.lifetime.settle();
  expect(deps.lifetime.failures).toEqual([]);
  expect(await platform.kv.get("k")).toContain('"value":1');
});

test.each(["{not json", "null", "7", "{}", '{"storedAt":"now","value":2}'])(
  "the damaged entry %s is a miss",
  async (entry) => {
    await platform.edgeCache.put("k", entry, 60);
    expect(await readThrough(openMemoryDeps(platform), "k", POLICY, async () => 1)).toBe(1);
  },
);

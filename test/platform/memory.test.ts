import { describe, expect, it } from "vitest";
import { MemoryBlobs } from "../../src/platform/memory/blobs.ts";
import { MemoryClock } from "../../src/platform/memory/clock.ts";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { MemoryJobs } from "../../src/platform/memory/jobs.ts";
import { MemoryKv } from "../../src/platform/memory/kv.ts";
import { MemoryLifetime } from "../../src/platform/memory/lifetime.ts";
import { createJsonLog, MemoryLog } from "../../src/platform/memory/log.ts";
import { MemoryRateLimit } from "../../src/platform/memory/rate-limit.ts";
import { blobsContract } from "./contract/blobs.ts";
import { edgeCacheContract } from "./contract/edge-cache.ts";
import { jobsContract } from "./contract/jobs.ts";
import { kvContract } from "./contract/kv.ts";
import { lifetimeContract } from "./contract/lifetime.ts";
import { logContract } from "./contract/log.ts";
import { rateLimitContract } from "./contract/rate-limit.ts";

const START = Date.UTC(2026, 0, 1);

kvContract("memory", () => new MemoryKv(new MemoryClock(START)));
blobsContract("memory", () => new MemoryBlobs());
edgeCacheContract("memory", () => new MemoryEdgeCache(new MemoryClock(START)));
rateLimitContract("memory", () => new MemoryRateLimit(new MemoryClock(START)));
jobsContract("memory", async () => {
  const clock = new MemoryClock(START);
  const jobs = new MemoryJobs(clock);
  return {
    jobs,
    drain: (handler) => jobs.drain(handler),
    advance: (ms) => clock.advance(ms),
    dead: async () => jobs.dead,
  };
});
logContract("memory", () => {
  const log = new MemoryLog();
  return { log, lines: () => log.lines };
});
logContract("JSON lines", () => {
  const printed: string[] = [];
  const log = createJsonLog(
    (line) => printed.push(line),
    () => START,
  );
  return { log, lines: () => printed.map((line) => JSON.parse(line) as Record<string, unknown>) };
});
lifetimeContract("memory", () => {
  const lifetime = new MemoryLifetime();
  return { lifetime, settle: () => lifetime.settle() };
});

describe("memory twins show what the real ones do to their users", () => {
  it("a KV far from the writer answers the old value until it has caught up", async () => {
    const clock = new MemoryClock(START);
    const kv = new MemoryKv(clock);
    await kv.put("k", "old", 600);
    kv.staleMs = 60_000;
    await kv.put("k", "new", 600);
    expect(await kv.get("k")).toBe("old");
    clock.advance(60_000);
    expect(await kv.get("k")).toBe("new");
    await kv.delete("k");
    expect(await kv.get("k")).toBe("new");
    clock.advance(60_000);
    expect(await kv.get("k")).toBeNull();
  });

  it("KV and edge cache forget an entry when its time is over", async () => {
    const clock = new MemoryClock(START);
    const [kv, cache] = [new MemoryKv(clock), new MemoryEdgeCache(clock)];
    await kv.put("k", "v", 60);
    await cache.put("k", "v", 5);
    clock.advance(5_000);
    expect(await cache.get("k")).toBeNull();
    expect(await kv.get("k")).toBe("v");
    clock.advance(55_000);
    expect(await kv.get("k")).toBeNull();
  });

  it("the edge cache stays within its bound and drops what was used longest ago", async () => {
    const cache = new MemoryEdgeCache(new MemoryClock(START), 30);
    await cache.put("a", "x".repeat(9), 60);
    await cache.put("b", "x".repeat(9), 60);
    await cache.get("a");
    await cache.put("c", "x".repeat(9), 60);
    await cache.put("d", "x".repeat(9), 60);
    const kept: string[] = [];
    for (const key of ["a", "b", "c", "d"]) if ((await cache.get(key)) !== null) kept.push(key);
    expect(kept).toEqual(["a", "c", "d"]);
    await cache.put("huge", "x".repeat(100), 60);
    expect(cache.size).toBe(3);
  });

  it("a rate limit opens again with the next window and forgets the oldest keys", async () => {
    const clock = new MemoryClock(START);
    const policy = { limit: 1, windowSeconds: 60 };
    const limit = new MemoryRateLimit(clock, { read: policy, write: policy, sensitive: policy }, 100);
    expect([await limit.take("read", "k"), await limit.take("read", "k")]).toEqual([true, false]);
    clock.advance(60_000);
    expect(await limit.take("read", "k")).toBe(true);
    for (let i = 0; i < 1_000; i++) await limit.take("read", `k${i}`);
    expect(limit.size).toBe(100);
  });
});

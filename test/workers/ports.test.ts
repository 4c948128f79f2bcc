import { env } from "cloudflare:workers";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import { MemoryLog } from "../../src/platform/memory/log.ts";
import { JOB_COLUMNS } from "../../src/domain/metrics/data-point.ts";
import { WorkersBlobs } from "../../src/platform/workers/blobs.ts";
import { WorkersDataPoints } from "../../src/platform/workers/data-points.ts";
import { WorkersEdgeCache } from "../../src/platform/workers/edge-cache.ts";
import { batchesOf, WorkersJobs } from "../../src/platform/workers/jobs.ts";
import { WorkersKv } from "../../src/platform/workers/kv.ts";
import { WorkersLifetime } from "../../src/platform/workers/lifetime.ts";
import { openLog } from "../../src/platform/workers/log.ts";
import { WorkersQueues } from "../../src/platform/workers/queues.ts";
import { WorkersRateLimit } from "../../src/platform/workers/rate-limit.ts";
import type { Job } from "../../src/ports/jobs.ts";
import { blobsContract } from "../platform/contract/blobs.ts";
import { edgeCacheContract } from "../platform/contract/edge-cache.ts";
import { kvContract } from "../platform/contract/kv.ts";
import { lifetimeContract } from "../platform/contract/lifetime.ts";
import { logContract } from "../platform/contract/log.ts";
import { rateLimitContract } from "../platform/contract/rate-limit.ts";

kvContract("Workers KV", () => new WorkersKv(env.VITRINE_KV));
edgeCacheContract("Cache API", () => new WorkersEdgeCache());
rateLimitContract("rate limit binding", () => new WorkersRateLimit(env, new MemoryLog()));
blobsContract("R2", async () => {
  const { objects } = await env.BLOBS.list();
  await env.BLOBS.delete(objects.map((object) => object.key));
  return new WorkersBlobs(env.BLOBS);
});
logContract("Workers console", () => {
  const printed: string[] = [];
  for (const level of ["info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void printed.push(line));
  }
  return {
    log: openLog(Date.now),
    lines: () => printed.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
});
lifetimeContract("waitUntil", () => {
  const context = createExecutionContext();
  return {
    lifetime: new WorkersLifetime(context, new MemoryLog()),
    settle: () => waitOnExecutionContext(context),
  };
});

describe("jobs: Queues", () => {
  const job = (id: string, text = ""): Job => ({ id, kind: "none", payload: { text } });

  it("cuts jobs into batches that one call takes, none lost and in order", () => {
    const jobs = Array.from({ length: 250 }, (_, i) => job(String(i)));
    const batches = batchesOf(jobs);
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 50]);
    expect(batches.flat()).toEqual(jobs);
    const large = Array.from({ length: 5 }, (_, i) => job(String(i), "x".repeat(100_000)));
    expect(batchesOf(large).map((batch) => batch.length)).toEqual([2, 2, 1]);
  });

  it("refuses a job that no message holds", () => {
    expect(() => batchesOf([job("big", "x".repeat(130_000))])).toThrow(/"big"/);
  });

  it("sends more than one call takes, and nothing for nothing", async () => {
    const queue = new WorkersJobs(env);
    await queue.send([]);
    await queue.send(
      Array.from({ length: 150 }, (_, i) => job(`unknown-${i}`)),
      43_200,
    );
  });
});

describe("queues", () => {
  it("tell what waits in each", async () => {
    const queues = new WorkersQueues(env);
    expect((await queues.backlog()).map(({ queue }) => queue)).toEqual(["jobs", "images"]);
    const before = Date.now();
    // A batch waits a second for others.
    await new WorkersJobs(env).send([{ id: "job_merge", kind: "index.merge", payload: {} }]);
    const [{ messages, oldestAt }] = await queues.backlog();
    expect(messages).toBe(1);
    expect(oldestAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(oldestAt).toBeLessThanOrEqual(Date.now());
  });
});

describe("data points: Analytics Engine", () => {
  it("are taken by the platform", () => {
    const log = new MemoryLog();
    if (env.ANALYTICS === undefined) throw new Error("The binding ANALYTICS is missing");
    const points = new WorkersDataPoints(env.ANALYTICS, log);
    points.write({ index: "é".repeat(200), texts: Array(30).fill("€".repeat(9_000)), numbers: [NaN, 1] });
    points.write({ index: "events.fold", texts: JOB_COLUMNS.texts, numbers: [1, 2] });
    expect(log.lines).toEqual([]);
  });
});

describe("rate limit: failing", () => {
  it("lets requests through and says so in the log", async () => {
    const log = new MemoryLog();
    const broken = { limit: () => Promise.reject(new Error("down")) };
    const limit = new WorkersRateLimit(
      {
        RATE_READ: broken,
        RATE_WRITE: broken,
        RATE_UPLOAD: broken,
        RATE_POST: broken,
        RATE_LIKE: broken,
        RATE_ASK: broken,
        RATE_SENSITIVE: broken,
      },
      log,
    );
    expect(await limit.take("read", "k")).toBe(true);
    expect(log.lines).toMatchObject([{ level: "warn", event: "rate_limit_failed" }]);
  });
});

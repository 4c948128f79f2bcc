import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FolderBlobs } from "../../src/platform/deno/blobs.ts";
import { startConsumer } from "../../src/platform/deno/consumer.ts";
import { TableJobs } from "../../src/platform/deno/jobs.ts";
import { TableKv } from "../../src/platform/deno/kv.ts";
import { asksForFile, staticFile, staticPaths } from "../../src/platform/deno/static-files.ts";
import { openTables } from "../../src/platform/deno/tables.ts";
import { MemoryClock } from "../../src/platform/memory/clock.ts";
import { MemoryLog } from "../../src/platform/memory/log.ts";
import type { Job } from "../../src/ports/jobs.ts";
import { blobsContract } from "./contract/blobs.ts";
import { jobsContract } from "./contract/jobs.ts";
import { kvContract } from "./contract/kv.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-tables-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFile = (): string => join(folder, `${crypto.randomUUID()}.db`);
const START = Date.UTC(2026, 0, 1);
const JOB: Job = { id: "j", kind: "k", payload: { n: 1 } };

kvContract("table", async () => new TableKv(await openTables(newFile()), new MemoryClock(START)));
blobsContract("folder", () => FolderBlobs.open(join(folder, crypto.randomUUID())));
jobsContract("table", async () => {
  const clock = new MemoryClock(START);
  const jobs = new TableJobs(await openTables(newFile()), clock);
  const buried: Job[] = [];
  return {
    jobs,
    drain: (handler) => jobs.drain(handler),
    advance: (ms) => clock.advance(ms),
    dead: async () => {
      await jobs.drainDead(async (batch) => {
        for (const message of batch) {
          buried.push(message.body as Job);
          message.ack();
        }
      });
      return buried;
    },
  };
});

describe("stores in files", () => {
  it("hold values and jobs across a restart", async () => {
    const path = newFile();
    const clock = new MemoryClock(START);
    const first = await openTables(path);
    await new TableKv(first, clock).put("k", "v", 60);
    await new TableJobs(first, clock).send([JOB]);
    first.close();
    const second = await openTables(path);
    expect(await new TableKv(second, clock).get("k")).toBe("v");
    const bodies: unknown[] = [];
    await new TableJobs(second, clock).drain(async (batch) => {
      for (const message of batch) {
        bodies.push(message.body);
        message.ack();
      }
    });
    expect(bodies).toEqual([JOB]);
  });

  it("forget expired values, and purge them", async () => {
    const clock = new MemoryClock(START);
    const kv = new TableKv(await openTables(newFile()), clock);
    await kv.put("k", "v", 60);
    clock.advance(60_000);
    expect(await kv.get("k")).toBeNull();
    expect(await kv.purge()).toBe(1);
  });

  it("run a job soon after it is sent", async () => {
    const jobs = new TableJobs(await openTables(newFile()), { now: () => Date.now() });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const stop = startConsumer(
      jobs,
      new MemoryLog(),
      async ([message]) => {
        message.ack();
        resolve(message.body);
      },
      async () => undefined,
    );
    await jobs.send([JOB]);
    expect(await promise).toEqual(JOB);
    await stop();
  });

  it("deliver what is no JSON as text, and the job behind it", async () => {
    const tables = await openTables(newFile());
    await tables.execute("INSERT INTO jobs (body, attempts, due_at) VALUES ('{broken', 0, 0)");
    const jobs = new TableJobs(tables, new MemoryClock(START));
    await jobs.send([JOB]);
    const bodies: unknown[] = [];
    await jobs.drain(async (batch) => {
      for (const message of batch) {
        bodies.push(message.body);
        message.ack();
      }
    });
    expect(bodies).toEqual(["{broken", JOB]);
  });

  it("end with the present batch when the process is to stop, and keep the rest", async () => {
    const path = newFile();
    const clock = { now: () => Date.now() };
    const jobs = new TableJobs(await openTables(path), clock);
    const { promise: stopped, resolve } = Promise.withResolvers<void>();
    let done = 0;
    const stop: () => Promise<void> = startConsumer(
      jobs,
      new MemoryLog(),
      async (batch) => {
        void stop().then(resolve);
        for (const message of batch) message.ack();
        done += batch.length;
      },
      async () => undefined,
    );
    await jobs.send(Array.from({ length: 12 }, () => JOB));
    await stopped;
    expect(done).toBe(10);
    const left = await new TableJobs(await openTables(path), clock).drain(async (batch) => {
      for (const message of batch) message.ack();
    });
    expect(left).toBe(2);
  });
});

describe("static files", () => {
  const root = join(import.meta.dirname, "../../public");
  const get = async (path: string, headers = {}): Promise<Response | null> => {
    const request = new Request(`http://localhost${path}`, { headers });
    return asksForFile(await staticPaths(root), request) ? staticFile(root, request) : null;
  };

  it("are served with their type, and not again where unchanged", async () => {
    const icon = await get("/favicon.svg");
    expect(icon?.headers.get("Content-Type")).toBe("image/svg+xml");
    expect((await get("/favicon.svg", { "If-None-Match": icon?.headers.get("ETag") ?? "" }))?.status).toBe(
      304,
    );
  });

  it.each(["/", "/none.txt", "/..%2Fpackage.json", "/%2e%2e/package.json", "/%00", "/%E0%A4%A"])(
    "do not answer %s",
    async (path) => {
      expect(await get(path)).toBeNull();
    },
  );

  it("are answered whatever is asked for besides, and to GET and HEAD alone", async () => {
    const paths = await staticPaths(root);
    const asks = (url: string, method = "GET") => asksForFile(paths, new Request(url, { method }));
    expect(asks("http://localhost/favicon.svg?v=/2")).toBe(true);
    expect(asks("http://localhost/favicon.svg", "HEAD")).toBe(true);
    expect(asks("http://localhost/favicon.svg", "POST")).toBe(false);
    expect(asks("http://localhost?/favicon.svg")).toBe(false);
  });
});

import { beforeEach, expect, test } from "vitest";
import type { Job } from "../../src/ports/jobs.ts";
import { MAX_LOOKUPS, newReceipt, noteLookup, type Receipt } from "../../src/ports/receipt.ts";
import { MemoryBlobs } from "../../src/platform/memory/blobs.ts";
import { MemoryClock } from "../../src/platform/memory/clock.ts";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { MemoryJobs } from "../../src/platform/memory/jobs.ts";
import { MemoryKv } from "../../src/platform/memory/kv.ts";
import { metered, type MeteredPorts } from "../../src/platform/metered/metered.ts";
import { operationsOf, PART_BYTES } from "../../src/platform/streamed-parts.ts";

const clock = new MemoryClock(0);
let receipt: Receipt;
let ports: MeteredPorts;
beforeEach(() => {
  receipt = newReceipt();
  const [kv, edgeCache, jobs] = [new MemoryKv(clock), new MemoryEdgeCache(clock), new MemoryJobs(clock)];
  ports = metered({ kv, edgeCache, blobs: new MemoryBlobs(), jobs }, receipt);
});

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(bytes)]).stream();
}

test("operations on KV are counted by kind, and answer as without", async () => {
  await ports.kv.put("k", "v", 60);
  expect(await ports.kv.get("k")).toBe("v");
  await ports.kv.delete("k");
  expect(await ports.kv.get("k")).toBeNull();
  expect(receipt).toMatchObject({ kvReads: 2, kvWrites: 1, kvDeletes: 1 });
});

test("operations on blobs are counted as R2 bills them", async () => {
  await ports.blobs.put("a", new Uint8Array(4), "text/plain");
  await ports.blobs.get("a");
  await ports.blobs.getRange("a", 1, 2);
  await (await ports.blobs.getStream("a"))?.body.cancel();
  await ports.blobs.list("", 10);
  await ports.blobs.delete(["a"]);
  expect(receipt).toMatchObject({ blobReads: 3, blobWrites: 2 });
});

test("an upload in parts costs what its parts cost", async () => {
  const put = { temporaryKey: "t", keyOf: (sha256: string) => sha256, contentType: "image/png" };
  await ports.blobs.putStream(streamOf(new Uint8Array(PART_BYTES)), put);
  expect(receipt).toMatchObject({ blobReads: 0, blobWrites: 1 });
  await ports.blobs.putStream(streamOf(new Uint8Array(PART_BYTES + 1)), put);
  expect(receipt).toMatchObject({ blobReads: 1, blobWrites: 6 });
  expect(operationsOf(3 * PART_BYTES)).toEqual({ reads: 1, writes: 6 });
});

test("the edge cache and messages are counted", async () => {
  await ports.edgeCache.put("k", "v", 60);
  await ports.edgeCache.get("k");
  await ports.edgeCache.putBytes("b", new ArrayBuffer(1), 60);
  await ports.edgeCache.getBytes("b");
  const job: Job = { id: "j", kind: "k", payload: {} };
  await ports.jobs.send([job, job]);
  await ports.jobs.send([]);
  expect(receipt).toMatchObject({ edgeReads: 2, edgeWrites: 2, messages: 2 });
});

test("an attempt that fails was made", async () => {
  await expect(ports.kv.put("k", "v", 1)).rejects.toThrow("below 60 s");
  expect(receipt.kvWrites).toBe(1);
});

test("looks into caches are kept up to a bound", () => {
  for (let i = 0; i < MAX_LOOKUPS + 5; i++) noteLookup(receipt, `c${i}`, "memory");
  expect(receipt.lookups).toHaveLength(MAX_LOOKUPS);
});

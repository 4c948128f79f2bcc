import { afterEach, beforeEach, expect, test } from "vitest";
import { mergeChanges } from "../../src/services/search/merge.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openLadder, type Ladder } from "./open-ladder.ts";

let w: Ladder;
beforeEach(async () => {
  w = await openLadder();
  await mergeChanges(w.t.deps(), { force: true });
  w.t.platform.clock.advance(3_600_000);
  expect((await w.get("/v1/search?q=lamp")).status).toBe(200);
  await damage();
});
afterEach(() => w.t.close());

const SEGMENTS = "index/segments/";

/** One bit of each segment is another. */
async function damage(): Promise<void> {
  const { blobs } = w.t.platform;
  const keys = await blobs.list(SEGMENTS, 100);
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    const bytes = new Uint8Array((await blobs.get(key)) ?? new ArrayBuffer(0));
    bytes[bytes.length >> 1] ^= 1;
    await blobs.put(key, bytes, "application/octet-stream");
  }
}

test("who has the index goes on as if nothing were", async () => {
  const found = (await (await w.get("/v1/search?q=brass")).json()) as Record<string, unknown>;
  expect(found).toMatchObject({ total: 1 });
  expect(found.degraded).toBeUndefined();
});

test("who has none answers from what is good and the database, and the index is built anew by itself", async () => {
  const found = await w.t.call("/v1/search?q=brass", {}, { isolate: newIsolate(w.t.platform.clock) });
  expect(await found.json()).toMatchObject({ total: 1 });
  const begun = () => w.t.platform.log.lines.filter(({ event }) => event === "index_repair_begun").length;
  expect(begun()).toBe(1);
  for (let i = 0; i < 3; i++) await w.t.drain();
  w.t.platform.clock.advance(3_600_000);
  const later = await w.t.call("/v1/search?q=brass", {}, { isolate: newIsolate(w.t.platform.clock) });
  expect(await later.json()).toMatchObject({ total: 1 });
  expect(begun()).toBe(1);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { mergeChanges } from "../../src/services/search/merge.ts";
import { searchProducts } from "../../src/services/search/search.ts";
import { product, QUERY, Shop } from "./shop.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  await shop.write(...Array.from({ length: 300 }, (_, i) => product(`lamp-${i}`, { title: "Lamp" })));
  await mergeChanges(shop.deps());
});
afterEach(() => shop.close());

const HOUR_MS = 3_600_000;
const VERSION_WORD = 1;

/** Replaces the published segments; `null` takes them away. */
async function spoil(
  change: (words: Uint32Array) => void,
  bytesOf = (words: Uint32Array) => words,
): Promise<void> {
  for (const { key } of (await shop.manifest()).segments) {
    const words = new Uint32Array((await shop.platform.blobs.get(key)) ?? new ArrayBuffer(0));
    change(words);
    await shop.platform.blobs.put(key, new Uint8Array(bytesOf(words).buffer), "application/octet-stream");
  }
}

async function lose(): Promise<void> {
  await shop.platform.blobs.delete((await shop.manifest()).segments.map(({ key }) => key));
}

/** A search in a fresh isolate, and all that follows from it. */
async function visit(): Promise<void> {
  const isolate = shop.otherIsolate();
  await shop.find("lamp", isolate).catch(() => undefined);
  await isolate.lifetime.settle();
  await shop.work();
}

async function total(): Promise<unknown> {
  const isolate = shop.otherIsolate();
  const { page } = await searchProducts(
    { ...isolate, actor: { kind: "anonymous" } },
    { ...QUERY, q: "lamp" },
  );
  return [page.total, page.degraded ?? false];
}

const FAULTS: [string, () => Promise<void>][] = [
  ["of an older format", () => spoil((words) => (words[VERSION_WORD] -= 1))],
  ["damaged", () => spoil((words) => (words[words.length >> 1] ^= 1))],
  [
    "cut short",
    () =>
      spoil(
        () => undefined,
        (words) => words.slice(0, words.length >> 1),
      ),
  ],
  ["gone", lose],
];

test.each(FAULTS)("an index %s is built anew by itself after a search", async (_, fault) => {
  await fault();
  shop.platform.clock.advance(HOUR_MS);
  await visit();
  expect(await total()).toEqual([300, false]);
  expect(shop.platform.log.lines.filter((line) => line.event === "index_repair_begun")).toHaveLength(1);
});

test.each(FAULTS)(
  "an index %s is built anew by itself after a merge that cannot open it",
  async (_, fault) => {
    await shop.write(...Array.from({ length: 300 }, (_, i) => product(`new-${i}`, { title: "Lamp" })));
    await fault();
    shop.platform.clock.advance(HOUR_MS);
    await mergeChanges(shop.deps());
    await shop.work();
    expect(await total()).toEqual([600, false]);
  },
);

test("an index of a newer format is left to the version that wrote it", async () => {
  await spoil((words) => (words[VERSION_WORD] += 1));
  shop.platform.clock.advance(HOUR_MS);
  await visit();
  expect(shop.platform.jobs.sent).toEqual([]);
});

test("an index published just now is not built anew, so that two versions do not take turns", async () => {
  await spoil((words) => (words[VERSION_WORD] -= 1));
  await visit();
  expect(shop.platform.jobs.sent).toEqual([]);
});

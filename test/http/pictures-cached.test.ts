import { afterEach, beforeEach, expect, test } from "vitest";
import { variantKey } from "../../src/domain/image.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { MemoryLifetime } from "../../src/platform/memory/lifetime.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { addContent, addImage, shaOf } from "../services/images/image-rows.ts";
import { openApp, problemOf, type TestApp } from "./open-app.ts";
import { addReadyImage, type StoredImage } from "./picture-store.ts";

let t: TestApp;
let image: StoredImage;
beforeEach(async () => {
  t = await openApp();
  image = await addReadyImage(t.platform, "img_1");
});
afterEach(() => t.platform.close());

interface Asked {
  status: number;
  dbTrips: number;
  response: Response;
}

/** One request, and how many round trips it made, with what it deferred. */
async function ask(path = "/i/img_1/thumb", isolate = t.platform.isolate): Promise<Asked> {
  const [receipt, lifetime] = [newReceipt(), new MemoryLifetime()];
  const response = await t.call(path, {}, { receipt, lifetime, isolate });
  const { dbTrips } = receipt;
  await lifetime.settle();
  expect(lifetime.failures).toEqual([]);
  return { status: response.status, dbTrips, response };
}

test("a picture costs one round trip, and a hot one none, in this isolate and the next", async () => {
  expect(await ask()).toMatchObject({ status: 200, dbTrips: 1 });
  expect(await ask()).toMatchObject({ status: 200, dbTrips: 0 });
  expect(await ask("/i/img_1/large")).toMatchObject({ status: 200, dbTrips: 0 });
  expect(await ask("/i/img_1/thumb", newIsolate())).toMatchObject({ status: 200, dbTrips: 0 });
});

test("a hot picture's bytes come from the data centre, not from the store", async () => {
  await ask();
  const [{ sha256 }] = image.variants.thumb.encodings;
  await t.platform.blobs.delete([variantKey(sha256)]);
  const { status, response } = await ask();
  expect([status, (await response.arrayBuffer()).byteLength]).toEqual([200, 1_000]);
});

test("a deleted image is not shown for longer than a minute, by any isolate", async () => {
  const cold = newIsolate();
  await ask();
  await ask("/i/img_1/thumb", cold);
  await t.platform.client.execute("DELETE FROM images");
  const isolates = [t.platform.isolate, cold, newIsolate()];
  for (const isolate of isolates) expect((await ask("/i/img_1/thumb", isolate)).status).toBe(200);
  t.platform.clock.advance(30_000);
  for (const isolate of isolates) await ask("/i/img_1/thumb", isolate);
  t.platform.clock.advance(31_000);
  for (const isolate of [...isolates, newIsolate()])
    expect((await ask("/i/img_1/thumb", isolate)).status).toBe(404);
});

test("a picture that is being made is shown half a second after it is ready", async () => {
  const sha256 = shaOf(7);
  await addContent(t.platform.client, { sha256, state: "processing" });
  await addImage(t.platform.client, { id: "img_2", sha256 });
  expect(await ask("/i/img_2/thumb")).toMatchObject({ status: 503, dbTrips: 1 });
  expect(await ask("/i/img_2/thumb")).toMatchObject({ status: 503, dbTrips: 0 });
  await t.platform.client.execute({
    sql: "UPDATE image_contents SET state = 'ready', variants = ? WHERE sha256 = ?",
    args: [JSON.stringify(image.variants), sha256],
  });
  t.platform.clock.advance(500);
  expect(await ask("/i/img_2/thumb")).toMatchObject({ status: 200 });
});

test("an unknown id is remembered for some seconds, and guessing many takes no memory", async () => {
  expect(await ask("/i/img_none/thumb")).toMatchObject({ status: 404, dbTrips: 1 });
  expect(await ask("/i/img_none/large")).toMatchObject({ status: 404, dbTrips: 0 });
  const [size, shared] = [t.platform.isolate.cache.size, t.platform.edgeCache.size];
  for (let i = 0; i < 300; i++) await ask(`/i/img_guess${i}/thumb`);
  expect(t.platform.isolate.cache.size).toBe(size);
  expect(t.platform.edgeCache.size).toBe(shared);
  t.platform.clock.advance(5_000);
  expect(await ask("/i/img_guess299/thumb")).toMatchObject({ status: 404, dbTrips: 1 });
});

test("an id that can be none costs nothing", async () => {
  expect(await ask("/i/a.b/thumb")).toMatchObject({ status: 404, dbTrips: 0 });
});

test("pictures that the store has lost are queued to be made again, once", async () => {
  const keys = image.variants.thumb.encodings.map(({ sha256 }) => variantKey(sha256));
  await t.platform.blobs.delete(keys);
  const { status, response } = await ask();
  expect([status, response.headers.get("cache-control"), response.headers.get("retry-after")]).toEqual([
    503,
    "no-store",
    "1",
  ]);
  expect(await problemOf(response)).toMatchObject({ code: "image_not_ready" });
  expect((await ask()).status).toBe(503);
  expect(t.platform.jobs.sent).toMatchObject([{ kind: "images.resize", payload: { sha256: image.sha256 } }]);
  const { rows } = await t.platform.client.execute("SELECT state FROM image_contents");
  expect(rows).toMatchObject([{ state: "queued" }]);
});

test("pictures are shown while the data centre's cache is away", async () => {
  const away = () => Promise.reject(new Error("down"));
  const edgeCache = { get: away, put: away, getBytes: away, putBytes: away };
  const lifetime = new MemoryLifetime();
  const response = await t.call("/i/img_1/thumb", {}, { edgeCache, lifetime });
  await lifetime.settle();
  expect([response.status, lifetime.failures]).toEqual([200, []]);
});

test("known pictures are shown while the database is away", async () => {
  await ask();
  t.platform.clock.advance(30_000);
  const db = {
    get orm(): never {
      throw new Error("the database is away");
    },
    all: () => Promise.reject(new Error("the database is away")),
  };
  expect((await t.call("/i/img_1/thumb", {}, { db })).status).toBe(200);
});

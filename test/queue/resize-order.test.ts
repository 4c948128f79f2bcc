import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { originalKey, type StoredVariants } from "../../src/domain/image.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { Blobs } from "../../src/ports/blobs.ts";
import type { ResizedImage } from "../../src/ports/image-codec.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { consume } from "../../src/queue/consumer.ts";
import { deadLetterPage, redriveDeadLetter } from "../../src/services/dead-letters.ts";
import { pictureKeys, signPictures } from "../../src/services/images/stored-pictures.ts";
import { addContent, namePictures, shaOf, variantsOf } from "../services/images/image-rows.ts";
import { tinyPng } from "../services/images/tiny-png.ts";
import { Faults, faultyDeps } from "./faulty.ts";
import { messageOf, openWorld, outcomeOf, type ResizeWorld, runAll } from "./resize-world.ts";

let world: ResizeWorld;
beforeEach(async () => {
  world = await openWorld(tinyPng(240, 160));
});
afterEach(() => world.platform.close());

const deps = () => openMemoryDeps(world.platform);

/** Two webhooks told once of one event. */
const toldOnce = (event: string) => [
  { webhook_id: "wh_1", event, image: "img_org" },
  { webhook_id: "wh_2", event, image: "img_org" },
];

async function stateOf(): Promise<unknown> {
  const { rows } = await world.platform.client.execute({
    sql: "SELECT state, error_code, changed_at FROM image_contents WHERE sha256 = ?",
    args: [world.sha256],
  });
  return rows[0];
}

/** The dependencies of a run whose codec does `meanwhile` before it gives what it made. */
function during(meanwhile: (made: ResizedImage) => Promise<unknown>) {
  const plain = deps();
  const resize: typeof plain.codec.resize = async (source, format) => {
    const made = await plain.codec.resize(source, format);
    await meanwhile(made);
    return made;
  };
  return { ...plain, codec: { resize } };
}

/** The store, whose `put` is followed by `then`. */
function afterPut(blobs: Blobs, then: () => Promise<unknown>): Blobs {
  return new Proxy(blobs, {
    get(inner, key) {
      if (key !== "put") return (Reflect.get(inner, key) as () => unknown).bind(inner);
      return async (...put: Parameters<Blobs["put"]>) => {
        await inner.put(...put);
        await then();
      };
    },
  });
}

const runOnce = async (with_ = deps()) => {
  const message = messageOf(world.job);
  await consume(with_, [message]);
  return message.answer;
};

test("a job that comes three times works once", async () => {
  await world.platform.jobs.send([world.job, { ...world.job, id: "job_2" }]);
  await runAll(world, deps());
  const first = await stateOf();
  const faults = new Faults();
  world.platform.clock.advance(1_000);
  await consume(faultyDeps(world.platform, faults), [messageOf(world.job)]);
  expect(faults.names.filter((name) => !name.startsWith("db."))).toEqual([]);
  expect(await stateOf()).toEqual(first);
  expect((await outcomeOf(world)).told).toEqual(toldOnce("image.ready"));
});

test.each([
  ["with webhooks", 4],
  ["without", 3],
])("a job makes few round trips to the database (%s: %i)", async (who, trips) => {
  if (who === "without") await world.platform.client.execute("DELETE FROM webhooks");
  const receipt = newReceipt();
  await consume(openMemoryDeps(world.platform, { receipt }), [messageOf(world.job)]);
  expect(receipt.dbTrips).toBe(trips);
});

test.each([1, 2, 3, 4])("two runs at once end as one (%#)", async () => {
  const faults = () => faultyDeps(world.platform, new Faults());
  const messages = [messageOf(world.job), messageOf({ ...world.job, id: "job_2" })];
  await Promise.all(messages.map((message) => consume(faults(), [message])));
  expect(messages.map(({ answer }) => answer)).toEqual(["acked", "acked"]);
  const outcome = await outcomeOf(world);
  expect(outcome.contents).toMatchObject([{ state: "ready" }]);
  expect(outcome.told).toEqual(toldOnce("image.ready"));
});

test("a run that began before another ended changes nothing", async () => {
  const before: unknown[] = [];
  const slow = during(async () => {
    expect(await runOnce()).toBe("acked");
    world.platform.clock.advance(60_000);
    before.push(await stateOf());
  });
  expect(await runOnce(slow)).toBe("acked");
  expect(await stateOf()).toEqual(before[0]);
  expect((await outcomeOf(world)).told).toEqual(toldOnce("image.ready"));
});

test("a job for bytes that nobody has any more is done", async () => {
  await world.platform.client.batch(
    ["DELETE FROM images", "DELETE FROM image_contents", "DELETE FROM image_pictures"],
    "write",
  );
  expect(await runOnce()).toBe("acked");
});

test("a job that names no image is buried at once", async () => {
  const message = messageOf({ ...world.job, payload: { sha256: "../x" } });
  await consume(deps(), [message]);
  expect(message.answer).toBe("acked");
  expect((await outcomeOf(world)).dead).toHaveLength(1);
});

test("an original that is missing fails the image, without another try", async () => {
  await world.platform.blobs.delete([originalKey(world.sha256)]);
  expect(await runOnce()).toBe("acked");
  const outcome = await outcomeOf(world);
  expect(outcome.contents).toMatchObject([{ state: "failed", error_code: "original_missing" }]);
  expect(outcome.told).toEqual(toldOnce("image.failed"));
});

describe("a content that is removed while its pictures are made", () => {
  const remove = () =>
    world.platform.client.batch(
      ["DELETE FROM images", "DELETE FROM image_contents", "DELETE FROM image_pictures"],
      "write",
    );

  test("leaves none of them", async () => {
    expect(await runOnce(during(remove))).toBe("acked");
    expect((await outcomeOf(world)).blobs).toEqual([originalKey(world.sha256)]);
  });

  test("leaves none, though they were stored already", async () => {
    const plain = deps();
    let puts = 0;
    const blobs = afterPut(plain.blobs, async () => (++puts === 3 ? remove() : undefined));
    expect(await runOnce({ ...plain, blobs })).toBe("acked");
    expect(puts).toBeGreaterThan(3);
    expect((await outcomeOf(world)).blobs).toEqual([originalKey(world.sha256)]);
  });

  test("leaves those that another content has as well", async () => {
    const named: StoredVariants[] = [];
    const keepThumb = async (made: ResizedImage) => {
      const { variants } = await signPictures(made.variants);
      const [first] = variants.thumb.encodings;
      const thumb = { ...variants.thumb, encodings: [first] };
      const none = { ...variants.large, encodings: [] };
      named.push({ large: none, medium: none, thumb });
    };
    const plain = during(keepThumb);
    const blobs = afterPut(plain.blobs, async () => {
      const variants = named.pop();
      if (variants === undefined) return;
      await remove();
      await addContent(world.platform.client, { sha256: shaOf(9), state: "ready", variants });
    });
    expect(await runOnce({ ...plain, blobs })).toBe("acked");
    const { contents, blobs: left } = await outcomeOf(world);
    const kept = JSON.parse(String(contents[0].variants)) as StoredVariants;
    expect(left).toEqual([originalKey(world.sha256), ...pictureKeys(kept)]);
    expect(pictureKeys(kept)).toHaveLength(1);
  });
});

test("pictures that an older codec made otherwise go, unless another content has them", async () => {
  const older = variantsOf({ large: 1200, medium: 500 });
  const shared: StoredVariants = { ...older, thumb: { ...older.thumb, encodings: [] } };
  const { client, blobs } = world.platform;
  for (const key of pictureKeys(older)) await blobs.put(key, new Uint8Array(3), "image/webp");
  await client.execute({
    sql: "UPDATE image_contents SET state = 'processing', variants = ?",
    args: [JSON.stringify(older)],
  });
  await namePictures(client, world.sha256, older);
  await addContent(client, { sha256: shaOf(9), state: "ready", variants: shared });
  expect(await runOnce()).toBe("acked");
  const left = (await blobs.list("variants/", 100)).filter((key) => pictureKeys(older).includes(key));
  expect(left).toEqual(pictureKeys(shared).sort());
  expect(await stateOf()).toMatchObject({ state: "ready" });
});

describe("a job that is among the dead letters", () => {
  beforeEach(async () => {
    const codec = { resize: () => Promise.reject(new Error("the module does not load")) };
    await runAll(world, { ...deps(), codec });
  });

  test("says why, and has failed the image with a code that invites another try", async () => {
    const operator = { ...deps(), actor: { kind: "operator" as const } };
    const { items } = await deadLetterPage(operator, { cursor: null, limit: 10 });
    expect(items).toMatchObject([
      { id: "dl_job_1", kind: "images.resize", attempts: 6, reason: "Error: the module does not load" },
    ]);
    expect(await stateOf()).toMatchObject({ state: "failed", error_code: "processing_failed" });
  });

  test("works when it is redriven, and the webhooks are told", async () => {
    const operator = { ...deps(), actor: { kind: "operator" as const } };
    await redriveDeadLetter(operator, "dl_job_1");
    await runAll(world, deps());
    const outcome = await outcomeOf(world);
    expect(outcome.contents).toMatchObject([{ state: "ready", error_code: null }]);
    expect(outcome.told).toEqual([
      { webhook_id: "wh_1", event: "image.failed", image: "img_org" },
      { webhook_id: "wh_1", event: "image.ready", image: "img_org" },
      { webhook_id: "wh_2", event: "image.failed", image: "img_org" },
      { webhook_id: "wh_2", event: "image.ready", image: "img_org" },
    ]);
    expect(outcome.dead).toEqual([]);
  });

  test("does not fail again what was redriven, where its message comes once more", async () => {
    const operator = { ...deps(), actor: { kind: "operator" as const } };
    await redriveDeadLetter(operator, "dl_job_1");
    await world.platform.client.execute("UPDATE image_contents SET state = 'queued', error_code = NULL");
    const codec = { resize: () => Promise.reject(new Error("the module does not load")) };
    await consume({ ...deps(), codec }, [messageOf(world.job, 6)]);
    expect(await stateOf()).toMatchObject({ state: "processing" });
  });
});

test("an image that is given up while its last run still works is ready in the end", async () => {
  const codec = { resize: () => Promise.reject(new Error("the module does not load")) };
  const giveUp = () => consume({ ...deps(), codec }, [messageOf(world.job, 6)]);
  expect(await runOnce(during(giveUp))).toBe("acked");
  expect(await stateOf()).toMatchObject({ state: "ready", error_code: null });
});

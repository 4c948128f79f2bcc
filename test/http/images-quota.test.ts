import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Hex } from "../../src/domain/digest.ts";
import { originalKey } from "../../src/domain/image.ts";
import { png } from "./image-files.ts";
import { openImages } from "./images-world.ts";
import type { ImagesWorld } from "./images-world.ts";
import { problemOf } from "./open-app.ts";

const ROOM = { images: 3, bytes: 1_000 };

let w: ImagesWorld;
let colour = 0;
beforeAll(async () => {
  w = await openImages({
    config: { imageLimits: { person: ROOM, organisation: { images: 5, bytes: 1e9 } } },
  });
});
afterAll(() => w.platform.close());

/** A small one of about 80 bytes that nobody has. */
function newPng(): Uint8Array<ArrayBuffer> {
  return png([++colour, 0, 0]);
}

async function uploaded(body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<string> {
  const response = await w.upload(body, headers);
  expect(response.status).toBe(202);
  return ((await response.json()) as { id: string }).id;
}

async function refused(body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<void> {
  const before = await w.left();
  const { status, code } = await problemOf(await w.upload(body, headers));
  expect([status, code]).toEqual([403, "image_quota_exceeded"]);
  expect(await w.left()).toEqual(before);
}

async function remove(id: string, headers: Record<string, string>): Promise<void> {
  expect((await w.call(`/v1/images/${id}`, { method: "DELETE", headers })).status).toBe(204);
}

test("a person has room for so many images, again after one is deleted", async () => {
  const known = newPng();
  const first = await uploaded(known, w.ada);
  await uploaded(newPng(), w.ada);
  await uploaded(newPng(), w.ada);
  await refused(newPng(), w.ada);
  expect(await uploaded(known, w.ada)).toBe(first);
  await remove(first, w.ada);
  await uploaded(newPng(), w.ada);
  await refused(known, w.ada);
});

test("what others have takes room too, and stays theirs where there is none", async () => {
  const theirs = newPng();
  const id = await uploaded(theirs, w.acme.headers);
  await refused(theirs, w.ada);
  expect(await w.platform.blobs.get(originalKey(await sha256Hex(theirs)))).not.toBeNull();
  expect((await w.call(`/v1/images/${id}`, { headers: w.acme.headers })).status).toBe(200);
});

test("bytes are counted", async () => {
  const large = new Uint8Array(ROOM.bytes - 100);
  large.set(newPng());
  const id = await uploaded(large, w.member);
  const other = new Uint8Array(large.length);
  other.set(newPng());
  await refused(other, w.member);
  await remove(id, w.member);
  await uploaded(other, w.member);
});

test("of many that come at once there are as many as there is room for", async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => w.upload(newPng(), w.rival.headers)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array<number>(5).fill(202), ...Array<number>(7).fill(403)]);
});

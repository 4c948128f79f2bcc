import { expect, it } from "vitest";
import { CodecHolder } from "../../src/codec/holder.ts";
import type { CodecInstance } from "../../src/codec/instance.ts";
import type { ImageFormat } from "../../src/domain/image.ts";
import { encodePicture, openCodec, resize } from "./open-codec.ts";
import { bmpFile, gifFile } from "./other-files.ts";
import { fading, paint, scene } from "./pixels.ts";
import { pngFile } from "./png-files.ts";

const PICTURE = scene(160, 120);
const MIXED: readonly (readonly [ImageFormat, Uint8Array<ArrayBuffer>])[] = [
  ["jpeg", encodePicture(PICTURE, "jpeg")],
  ["jpeg", encodePicture(PICTURE, "jpeg", { isProgressive: true })],
  ["png", pngFile(PICTURE)],
  ["png", pngFile(fading(160, 120), { kind: "rgba", isInterlaced: true })],
  ["webp", encodePicture(PICTURE, "webp")],
  ["webp", encodePicture(fading(160, 120), "webp")],
  ["gif", gifFile(PICTURE)],
  ["bmp", bmpFile(PICTURE)],
];

/** Looks at the instance that is kept. */
function kept(holder: CodecHolder): CodecInstance | null {
  const instance = holder.takeIdle();
  if (instance !== null) holder.giveBack(instance);
  return instance;
}

it("one instance makes 200 images, and its memory does not grow", { timeout: 60_000 }, async () => {
  const holder = new CodecHolder();
  const codec = openCodec(holder);
  for (const [format, bytes] of MIXED) await resize(bytes, format, codec);
  const instance = kept(holder);
  const memoryBytes = instance?.memoryBytes ?? 0;
  for (let i = 0; i < 200; i++) {
    const [format, bytes] = MIXED[i % MIXED.length];
    await resize(bytes, format, codec);
  }
  expect(kept(holder)).toBe(instance);
  expect(instance?.memoryBytes).toBe(memoryBytes);
  expect(memoryBytes).toBeLessThanOrEqual(16_000_000);
});

it("an instance that has failed is not used again, and the memory given to its job is free", async () => {
  const holder = new CodecHolder();
  const codec = openCodec(holder);
  const [format, bytes] = MIXED[0];
  await resize(bytes, format, codec);
  const before = kept(holder);
  await expect(resize(bytes.subarray(0, bytes.length / 2), format, codec)).rejects.toMatchObject({
    code: "image_truncated",
  });
  expect(kept(holder)).toBeNull();
  await resize(bytes, format, codec);
  expect(kept(holder)).not.toBe(before);
  expect(holder.gate.usedBytes).toBe(0);
});

it("an instance that has grown over 16 MB is not kept, and the isolate makes room for its job", async () => {
  const holder = new CodecHolder();
  let made = 0;
  const codec = openCodec(holder, () => made++);
  const interlaced = pngFile(
    paint(3_100, 3_000, () => [9, 99, 199]),
    { isInterlaced: true },
  );
  await resize(interlaced, "png", codec);
  expect(kept(holder)).toBeNull();
  expect(made).toBe(1);
  await resize(MIXED[0][1], "jpeg", codec);
  expect(kept(holder)).not.toBeNull();
  expect(made).toBe(1);
});

it("a baseline JPEG and a PNG take at most 16 MB, whatever their size", { timeout: 60_000 }, async () => {
  const wide = paint(12_000, 500, (x) => [x & 255, 90, 120]);
  for (const [format, bytes] of [
    ["jpeg", encodePicture(wide, "jpeg")],
    ["png", pngFile(wide)],
  ] as const) {
    const holder = new CodecHolder();
    await resize(bytes, format, openCodec(holder));
    expect(kept(holder)?.memoryBytes, format).toBeLessThanOrEqual(16_000_000);
  }
});

import { describe, expect, it } from "vitest";
import { AppError } from "../../src/domain/errors.ts";
import type { ImageFormat } from "../../src/domain/image.ts";
import type { ImageCodec, ResizedImage } from "../../src/ports/image-codec.ts";
import { Random } from "../index/random.ts";
import { encodePicture, openCodec, resize, streamOf } from "./open-codec.ts";
import { bmpFile, gifFile } from "./other-files.ts";
import { bytesOf, fading, scene } from "./pixels.ts";
import { pngFile, pngStart } from "./png-files.ts";

const PICTURE = scene(61, 47);

/** How many of the last bytes may be missing without harm: end markers, checksums, padding. */
const FILES: readonly (readonly [string, ImageFormat, Uint8Array<ArrayBuffer>, tailBytes: number])[] = [
  ["JPEG", "jpeg", encodePicture(PICTURE, "jpeg"), 3],
  ["progressive JPEG", "jpeg", encodePicture(PICTURE, "jpeg", { isProgressive: true }), 3],
  ["PNG", "png", pngFile(PICTURE), 24],
  ["interlaced PNG with alpha", "png", pngFile(fading(61, 47), { kind: "rgba", isInterlaced: true }), 24],
  ["WebP", "webp", encodePicture(PICTURE, "webp"), 1],
  ["WebP with alpha", "webp", encodePicture(fading(61, 47), "webp"), 1],
  ["GIF", "gif", gifFile(PICTURE, { frames: 1 }), 5],
  ["BMP", "bmp", bmpFile(PICTURE), 0],
];

/** What comes of a file: the pictures, or the refusal's code. Anything but an `AppError` is a failure of the test. */
async function outcomeOf(
  bytes: Uint8Array,
  format: ImageFormat,
  codec: ImageCodec,
): Promise<ResizedImage | string> {
  try {
    return await resize(bytes, format, codec as ReturnType<typeof openCodec>);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe.each(FILES)("a %s", (_name, format, bytes, tailBytes) => {
  it("that ends too early is refused, wherever it ends, and nothing half is shown", async () => {
    const codec = openCodec();
    const whole = await resize(bytes, format, codec);
    const step = Math.max(1, Math.floor(bytes.length / 120));
    for (let length = 0; length < bytes.length; length += length < 64 ? 1 : step) {
      const outcome = await outcomeOf(bytes.subarray(0, length), format, codec);
      if (bytes.length - length <= tailBytes && typeof outcome !== "string") expect(outcome).toEqual(whole);
      else
        expect(outcome, `${length} of ${bytes.length} bytes`).toMatch(
          /^(not_an_image|image_truncated|image_corrupt)$/,
        );
    }
  });

  it("that lacks its end marker, or is followed by garbage, is as whole as ever", async () => {
    const whole = await resize(bytes, format);
    expect(await resize(bytesOf(bytes, new Uint8Array(70_000).fill(0x3c)), format)).toEqual(whole);
    const marker = { jpeg: 2, png: 12, webp: 0, gif: 1, bmp: 0 }[format];
    expect(await resize(bytes.subarray(0, bytes.length - marker), format)).toEqual(whole);
  });

  it("that is damaged is refused or shown, and harms none after it", async () => {
    const codec = openCodec();
    const whole = await resize(bytes, format, codec);
    const random = new Random(bytes.length);
    for (let i = 0; i < 60; i++) {
      const damaged = Uint8Array.from(bytes);
      for (let n = 0; n <= i % 5; n++) damaged[random.below(bytes.length)] = random.below(256);
      const outcome = await outcomeOf(damaged, format, codec);
      if (typeof outcome === "string") expect(outcome).toMatch(/^(not_an_image|image_\w+)$/);
    }
    expect(await resize(bytes, format, codec)).toEqual(whole);
  });
});

describe("limits", () => {
  it.each([
    ["a side of 2 thousand millions", pngStart(2_000_000_000, 1), "image_too_many_pixels"],
    ["101 megapixels", pngStart(10_300, 10_300), "image_too_many_pixels"],
    ["interlaced, 17 megapixels", pngStart(4_200, 4_200, true), "image_too_complex"],
  ])("%s: refused before memory is taken", async (_name, start, code) => {
    const before = process.memoryUsage().arrayBuffers;
    await expect(resize(start, "png")).rejects.toMatchObject({ code });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it("a file of another format than it is said to be is refused", async () => {
    await expect(resize(pngFile(PICTURE), "jpeg")).rejects.toMatchObject({ code: "image_corrupt" });
  });
});

describe("a source that fails", () => {
  it("is answered with its own error, and the next image is made", async () => {
    const codec = openCodec();
    const bytes = pngFile(scene(300, 300));
    const broken = new Error("R2 is gone");
    let given = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (given > 2_000) controller.error(broken);
        else controller.enqueue(bytes.subarray(given, (given += 500)));
      },
    });
    await expect(codec.resize(source, "png")).rejects.toBe(broken);
    expect(await resize(bytes, "png", codec)).toMatchObject({ width: 300 });
  });

  it("that goes on behind the last row is told that no more is wanted", async () => {
    const bytes = pngFile(PICTURE);
    let isCancelled = false;
    const source = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes),
      cancel: () => void (isCancelled = true),
    });
    await openCodec().resize(source, "png");
    expect(isCancelled).toBe(true);
  });
});

describe("an isolate", () => {
  it("makes images at the same time, each the same as alone", async () => {
    const codec = openCodec();
    const alone = await Promise.all(FILES.map(([, format, bytes]) => resize(bytes, format)));
    const together = await Promise.all(
      FILES.map(([, format, bytes]) => codec.resize(streamOf(bytes, 100), format)),
    );
    expect(together).toEqual(alone);
  });
});

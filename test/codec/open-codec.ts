import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodecHolder } from "../../src/codec/holder.ts";
import { WasmImageCodec } from "../../src/codec/image-codec.ts";
import { CodecInstance, type Pixels } from "../../src/codec/instance.ts";
import type { ImageFormat, PictureFormat, Variant } from "../../src/domain/image.ts";
import type { ResizedImage } from "../../src/ports/image-codec.ts";
import type { Colour, Picture } from "./pixels.ts";
import { pngFile } from "./png-files.ts";

const FILE = join(import.meta.dirname, "../../src/codec/image-codec.wasm");

export const codecModule = await WebAssembly.compile(await readFile(FILE));

/** A codec of an isolate of its own, or of `holder`. */
export function openCodec(holder = new CodecHolder(), makeRoom?: () => void): WasmImageCodec {
  return new WasmImageCodec(holder, () => codecModule, makeRoom);
}

/** `bytes` as a stream that gives so many at a time. */
export function streamOf(bytes: Uint8Array, chunkBytes = 65_536): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + chunkBytes));
      at += chunkBytes;
    },
  });
}

export function resize(bytes: Uint8Array, format: ImageFormat, codec = openCodec()): Promise<ResizedImage> {
  return codec.resize(streamOf(bytes), format);
}

export function encoded(
  resized: ResizedImage,
  variant: Variant,
  format: PictureFormat,
): Uint8Array<ArrayBuffer> {
  const picture = resized.variants[variant].pictures.find((one) => one.format === format);
  if (picture === undefined) throw new Error(`No ${format} of ${variant}`);
  return picture.bytes;
}

/** What a file shows, at its own size: RGBA with premultiplied alpha. */
export function decoded(bytes: Uint8Array, format: ImageFormat): Pixels {
  return open(bytes, format).pixels("large");
}

/** A picture as JPEG (4:2:0) or lossy WebP. */
export function encodePicture(
  picture: Picture,
  format: PictureFormat,
  options: { quality?: number; isProgressive?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const { quality = 90, isProgressive = false } = options;
  const effort = format === "jpeg" ? Number(isProgressive) : 4;
  return open(pngFile(picture, { kind: "rgba" }), "png").encode("large", format, quality, effort);
}

function open(bytes: Uint8Array, format: ImageFormat): CodecInstance {
  const instance = new CodecInstance(codecModule);
  instance.limit("pixels", 1e9);
  instance.limit("coefficientBytes", 1e9);
  instance.limit("bufferedBytes", 1e9);
  for (const variant of ["large", "medium", "thumb"] as const) instance.target(variant, 65_500);
  instance.start(format);
  if (!instance.feed(bytes, true)) throw new Error(`The ${format} has no last row`);
  return instance;
}

export function colourAt({ width, rgba }: Pixels, x: number, y: number): number[] {
  const at = (y * width + x) * 4;
  return [...rgba.subarray(at, at + 4)];
}

/** The largest difference of two colours in one channel. */
export function distance(a: readonly number[], b: Colour): number {
  return Math.max(...[b[0], b[1], b[2]].map((value, i) => Math.abs(value - a[i])));
}

import { CodecInstance } from "../../../src/codec/instance.ts";
import {
  MAX_BUFFERED_BYTES,
  MAX_COEFFICIENT_BYTES,
  MAX_IMAGE_PIXELS,
  VARIANT_SIDES,
  VARIANTS,
} from "../../../src/domain/image.ts";
import type { ImageFormat, PictureFormat } from "../../../src/domain/image.ts";
import { imageCodecFile } from "../../../src/platform/memory/image-codec.ts";
import type { Picture } from "./contender.ts";

const CHUNK_BYTES = 65_536;
/** Baseline JPEG; libwebp's own default. */
const EFFORT: Readonly<Record<PictureFormat, number>> = { jpeg: 0, webp: 4, png: 6 };

/** The codec without the port, to write one format alone or in another quality, which the pipeline never does. */
export class OneFormatCodec {
  readonly #instance: CodecInstance;

  private constructor(instance: CodecInstance) {
    this.#instance = instance;
  }

  static async open(): Promise<OneFormatCodec> {
    return new OneFormatCodec(new CodecInstance(await imageCodecFile()()));
  }

  /** Large, medium and thumb in one format; JPEGs in 4:2:0, baseline, with optimised Huffman tables. */
  run(file: Uint8Array, format: ImageFormat, output: PictureFormat, quality: number): Picture[] {
    const codec = this.#instance;
    codec.limit("pixels", MAX_IMAGE_PIXELS);
    codec.limit("coefficientBytes", MAX_COEFFICIENT_BYTES);
    codec.limit("bufferedBytes", MAX_BUFFERED_BYTES);
    for (const variant of VARIANTS) codec.target(variant, VARIANT_SIDES[variant]);
    codec.start(format);
    for (let at = 0, isDone = false; at < file.length && !isDone; at += CHUNK_BYTES) {
      isDone = codec.feed(file.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= file.length);
    }
    const pictures = VARIANTS.map((variant): Picture => ({
      variant,
      format: output,
      bytes: codec.encode(variant, output, quality, EFFORT[output]),
    }));
    codec.finish();
    return pictures;
  }
}

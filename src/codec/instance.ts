import type { ImageFormat, PictureFormat, Variant } from "../domain/image.ts";
import { CodecFailure, toAppError } from "./failures.ts";

const FORMATS: Readonly<Record<ImageFormat, number>> = { jpeg: 1, png: 2, webp: 3, gif: 4, bmp: 5 };
const OUTPUTS: Readonly<Record<PictureFormat, number>> = { jpeg: 1, png: 2, webp: 3 };
const VARIANT_NUMBERS: Readonly<Record<Variant, number>> = { large: 0, medium: 1, thumb: 2 };
const LIMITS = { pixels: 0, coefficientBytes: 1, bufferedBytes: 2 } as const;
const FACTS = {
  width: 0,
  height: 1,
  hasAlpha: 2,
  orientation: 3,
  warnings: 4,
  decodedWidth: 5,
  decodedHeight: 6,
  isProgressive: 7,
  profile: 8,
} as const;
const PIXEL_BYTES = 4;

/** The module's own exports: see codec/src/exports.c. */
interface Exports {
  memory: WebAssembly.Memory;
  codec_limit(which: number, value: number): void;
  codec_target(variant: number, longestSide: number): void;
  codec_start(format: number): void;
  codec_reserve(length: number): number;
  codec_feed(length: number, isLast: number): number;
  codec_fact(which: number): number;
  codec_width(variant: number): number;
  codec_height(variant: number): number;
  codec_pixels(variant: number): number;
  codec_encode(variant: number, format: number, quality: number, effort: number): number;
  codec_output(): number;
  codec_finish(): void;
}

/** Pixels of a variant: RGBA with premultiplied alpha, rows without padding. */
export interface Pixels {
  width: number;
  height: number;
  rgba: Uint8Array<ArrayBuffer>;
}

/**
 * One instance of the module, for one image at a time. Every method throws an `AppError` where the module fails; the
 * instance is of no use after it.
 */
export class CodecInstance {
  readonly #exports: Exports;

  constructor(module: WebAssembly.Module) {
    const memory = (): WebAssembly.Memory => this.#exports.memory;
    const fail = (failure: number, detail: number): never => {
      throw new CodecFailure(failure, textAt(memory(), detail));
    };
    // Sound: the module is built from codec/, whose interface this is.
    this.#exports = new WebAssembly.Instance(module, { env: { fail } }).exports as unknown as Exports;
  }

  /** Bytes; it never shrinks. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  limit(which: keyof typeof LIMITS, value: number): void {
    guarded(() => this.#exports.codec_limit(LIMITS[which], value));
  }

  target(variant: Variant, longestSide: number): void {
    guarded(() => this.#exports.codec_target(VARIANT_NUMBERS[variant], longestSide));
  }

  start(format: ImageFormat): void {
    guarded(() => this.#exports.codec_start(FORMATS[format]));
  }

  /** `true` after the last row of pixels. */
  feed(bytes: Uint8Array, isLast: boolean): boolean {
    return guarded(() => {
      const at = this.#exports.codec_reserve(bytes.length);
      new Uint8Array(this.#exports.memory.buffer, at >>> 0, bytes.length).set(bytes);
      return this.#exports.codec_feed(bytes.length, isLast ? 1 : 0) === 1;
    }, true);
  }

  fact(which: keyof typeof FACTS): number {
    return guarded(() => this.#exports.codec_fact(FACTS[which]));
  }

  size(variant: Variant): { width: number; height: number } {
    const number = VARIANT_NUMBERS[variant];
    return guarded(() => ({
      width: this.#exports.codec_width(number),
      height: this.#exports.codec_height(number),
    }));
  }

  pixels(variant: Variant): Pixels {
    const { width, height } = this.size(variant);
    const at = guarded(() => this.#exports.codec_pixels(VARIANT_NUMBERS[variant]));
    return { width, height, rgba: this.#copy(at, width * height * PIXEL_BYTES) };
  }

  /** `effort`: 1 for a progressive JPEG, the level of zlib for PNG, the method of libwebp. */
  encode(variant: Variant, format: PictureFormat, quality: number, effort: number): Uint8Array<ArrayBuffer> {
    const number = VARIANT_NUMBERS[variant];
    return guarded(() => {
      const length = this.#exports.codec_encode(number, OUTPUTS[format], quality, effort);
      return this.#copy(this.#exports.codec_output(), length);
    });
  }

  /** Frees all of this image. */
  finish(): void {
    guarded(() => this.#exports.codec_finish());
  }

  #copy(at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(new Uint8Array(this.#exports.memory.buffer, at >>> 0, length));
  }
}

function guarded<T>(call: () => T, isOfBytes = false): T {
  try {
    return call();
  } catch (error) {
    throw toAppError(error, isOfBytes);
  }
}

/** Text of the module up to its NUL, at most 200 characters. */
function textAt(memory: WebAssembly.Memory, at: number): string {
  const bytes = new Uint8Array(memory.buffer, at >>> 0);
  const end = bytes.subarray(0, 200).indexOf(0);
  return new TextDecoder().decode(bytes.subarray(0, end < 0 ? 200 : end));
}

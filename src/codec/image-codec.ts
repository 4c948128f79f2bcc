import {
  type ImageFormat,
  MAX_BUFFERED_BYTES,
  MAX_COEFFICIENT_BYTES,
  MAX_IMAGE_PIXELS,
  VARIANT_SIDES,
  VARIANTS,
} from "../domain/image.ts";
import type { ImageCodec, ResizedImage } from "../ports/image-codec.ts";
import type { CodecHolder } from "./holder.ts";
import { ImageSource } from "./image-source.ts";
import { CodecInstance } from "./instance.ts";
import { Pace } from "./pace.ts";
import { picturesOf } from "./pictures.ts";

/** How an isolate comes by the compiled module. */
export type ModuleSource = () => WebAssembly.Module | Promise<WebAssembly.Module>;

/** What every job may hold: the module's own, rows and pictures. */
const FIXED_BYTES = 12_000_000;
/** From here on the isolate gives up what it can load again. */
const LARGE_BYTES = 48_000_000;
const WAIT_MS = 10_000;
const NO_BYTES = new Uint8Array(0);
/** Of one call. A few bytes of PNG may be many rows; a row of JPEG that is cut is decoded twice. */
const PIECE_BYTES: Readonly<Record<ImageFormat, number>> = {
  jpeg: 65_536,
  png: 8_192,
  webp: 65_536,
  gif: 8_192,
  bmp: 65_536,
};

/** The module of codec/, fed from a stream. */
export class WasmImageCodec implements ImageCodec {
  readonly #holder: CodecHolder;
  readonly #module: ModuleSource;
  readonly #makeRoom: () => void;

  /** `makeRoom` is called before a job that needs more than 48 MB. */
  constructor(holder: CodecHolder, module: ModuleSource, makeRoom: () => void = () => undefined) {
    this.#holder = holder;
    this.#module = module;
    this.#makeRoom = makeRoom;
  }

  async resize(stream: ReadableStream<Uint8Array>, format: ImageFormat): Promise<ResizedImage> {
    const source = new ImageSource(stream);
    const { gate } = this.#holder;
    let job: number | null = null;
    try {
      const bytes = FIXED_BYTES + (await source.variableBytes(format));
      const module = await this.#module();
      job = await gate.enter(bytes, WAIT_MS);
      if (bytes > LARGE_BYTES) this.#makeRoom();
      return await this.#run(module, source, format, job);
    } finally {
      if (job !== null) gate.leave(job);
      await source.cancel();
    }
  }

  /** An instance that throws is not given back: what it holds goes with it. */
  async #run(
    module: WebAssembly.Module,
    source: ImageSource,
    format: ImageFormat,
    job: number,
  ): Promise<ResizedImage> {
    const instance = this.#holder.takeIdle() ?? new CodecInstance(module);
    const pace = new Pace();
    begin(instance, format);
    for await (const piece of source.pieces(PIECE_BYTES[format])) {
      this.#holder.gate.renew(job);
      if (instance.feed(piece, false)) return this.#finish(instance, pace);
      await pace.rest();
    }
    instance.feed(NO_BYTES, true);
    return this.#finish(instance, pace);
  }

  async #finish(instance: CodecInstance, pace: Pace): Promise<ResizedImage> {
    const resized = await picturesOf(instance, pace);
    instance.finish();
    this.#holder.giveBack(instance);
    return resized;
  }
}

function begin(instance: CodecInstance, format: ImageFormat): void {
  instance.limit("pixels", MAX_IMAGE_PIXELS);
  instance.limit("coefficientBytes", MAX_COEFFICIENT_BYTES);
  instance.limit("bufferedBytes", MAX_BUFFERED_BYTES);
  for (const variant of VARIANTS) instance.target(variant, VARIANT_SIDES[variant]);
  instance.start(format);
}

import type { ImageFormat } from "../domain/image.ts";
import type { ImageCodec, ResizedImage } from "../ports/image-codec.ts";
import type { CodecHolder } from "./holder.ts";

export type ModuleSource = () => WebAssembly.Module | Promise<WebAssembly.Module>;

/** The module of codec/, fed from a stream. */
export class WasmImageCodec implements ImageCodec {
  readonly #holder: CodecHolder;
  readonly #module: ModuleSource;

  constructor(holder: CodecHolder, module: ModuleSource) {
    this.#holder = holder;
    this.#module = module;
  }

  async resize(_source: ReadableStream<Uint8Array>, format: ImageFormat): Promise<ResizedImage> {
    await this.#module();
    throw new Error(`No codec for ${format} (${this.#holder.reservedBytes})`);
  }
}

import type { ImageFormat, PictureFormat, Variant } from "../../../src/domain/image.ts";

export interface Picture {
  variant: Variant;
  format: PictureFormat;
  bytes: Uint8Array;
}

/** One way to make the three variants, from the file's bytes in memory to encoded bytes in memory. */
export interface Contender {
  name: string;
  /** `quality`: 85 for JPEG and 80 for WebP where absent. */
  run(file: Uint8Array, format: ImageFormat, quality?: number): Promise<Picture[]>;
}

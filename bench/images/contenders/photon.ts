import { VARIANT_SIDES, VARIANTS } from "../../../src/domain/image.ts";
import { loadRival } from "../../search/rivals/load.ts";
import type { Contender, Picture } from "./contender.ts";

interface Image {
  get_width(): number;
  get_height(): number;
  get_bytes_jpeg(quality: number): Uint8Array;
  free(): void;
}

interface Photon {
  PhotonImage: { new_from_byteslice(file: Uint8Array): Image };
  SamplingFilter: { Lanczos3: number };
  resize(image: Image, width: number, height: number, filter: number): Image;
}

const QUALITY = 85;

/** Each size from the one before, and every image freed: photon at its best. It knows no EXIF, and no alpha in JPEG. */
export const photonCascade: Contender = {
  name: "@cf-wasm/photon, cascade",
  async run(file, _format, quality = QUALITY) {
    const { PhotonImage, resize, SamplingFilter } = await loadRival<Photon>("@cf-wasm/photon");
    const pictures: Picture[] = [];
    let image = PhotonImage.new_from_byteslice(file);
    for (const variant of VARIANTS) {
      const [width, height] = [image.get_width(), image.get_height()];
      const scale = Math.min(1, VARIANT_SIDES[variant] / Math.max(width, height));
      const side = (length: number): number => Math.max(1, Math.round(length * scale));
      const smaller = resize(image, side(width), side(height), SamplingFilter.Lanczos3);
      image.free();
      image = smaller;
      pictures.push({ variant, format: "jpeg", bytes: image.get_bytes_jpeg(quality) });
    }
    image.free();
    return pictures;
  },
};

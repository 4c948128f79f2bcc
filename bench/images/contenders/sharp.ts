import { VARIANT_SIDES, VARIANTS } from "../../../src/domain/image.ts";
import { loadRival } from "../../search/rivals/load.ts";
import type { Contender, Picture } from "./contender.ts";

interface Raw {
  width: number;
  height: number;
  channels: number;
}

interface Image {
  autoOrient(): Image;
  resize(width: number, height: number, options: { fit: "inside"; withoutEnlargement: true }): Image;
  flatten(options: { background: string }): Image;
  jpeg(options: { quality: number }): Image;
  webp(options: { quality: number }): Image;
  raw(): Image;
  toBuffer(): Promise<Buffer>;
  toBuffer(options: { resolveWithObject: true }): Promise<{ data: Buffer; info: Raw }>;
}

interface Sharp {
  (input: Uint8Array, options?: { raw: Raw }): Image;
  concurrency(threads: number): void;
  cache(isOn: boolean): void;
}

const QUALITY = 85;
/** The pipeline's. */
const WEBP_QUALITY = 80;

let loaded: Sharp | undefined;

async function load(): Promise<Sharp> {
  if (loaded !== undefined) return loaded;
  loaded = (await loadRival<{ default: Sharp }>("sharp")).default;
  loaded.concurrency(1);
  loaded.cache(false);
  return loaded;
}

function fit(image: Image, side: number): Image {
  return image.resize(side, side, { fit: "inside", withoutEnlargement: true });
}

/** Its defaults are ours: 4:2:0, baseline, optimised Huffman tables. Transparent parts on white, as the others. */
function jpeg(image: Image, quality: number): Promise<Buffer> {
  return image.flatten({ background: "white" }).jpeg({ quality }).toBuffer();
}

/** As its documentation has it: a pipeline from the input for each size, each shrinking while it loads. */
export const sharpDocumented: Contender = {
  name: "sharp, three pipelines",
  async run(file, _format, quality = QUALITY) {
    const sharp = await load();
    const pictures: Picture[] = [];
    for (const variant of VARIANTS) {
      const bytes = await jpeg(fit(sharp(file).autoOrient(), VARIANT_SIDES[variant]), quality);
      pictures.push({ variant, format: "jpeg", bytes });
    }
    return pictures;
  },
};

interface Wanted {
  jpeg: boolean;
  webp: boolean;
  quality?: number;
}

/** Decodes once, shrinking while it loads; each size is made from the pixels of the one before. */
async function cascade(file: Uint8Array, wanted: Wanted): Promise<Picture[]> {
  const sharp = await load();
  const pictures: Picture[] = [];
  let image = sharp(file).autoOrient();
  for (const variant of VARIANTS) {
    const { data, info } = await fit(image, VARIANT_SIDES[variant])
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const raw = { width, height, channels };
    if (wanted.jpeg) {
      const bytes = await jpeg(sharp(data, { raw }), wanted.quality ?? QUALITY);
      pictures.push({ variant, format: "jpeg", bytes });
    }
    if (wanted.webp) {
      const bytes = await sharp(data, { raw })
        .webp({ quality: wanted.quality ?? WEBP_QUALITY })
        .toBuffer();
      pictures.push({ variant, format: "webp", bytes });
    }
    image = sharp(data, { raw });
  }
  return pictures;
}

export const sharpCascade: Contender = {
  name: "sharp, cascade",
  run: (file, _format, quality) => cascade(file, { jpeg: true, webp: false, quality }),
};

export const sharpCascadeBoth: Contender = {
  name: "sharp, cascade, JPEG and WebP",
  run: (file, _format, quality) => cascade(file, { jpeg: true, webp: true, quality }),
};

export const sharpCascadeWebp: Contender = {
  name: "sharp, cascade, WebP",
  run: (file, _format, quality) => cascade(file, { jpeg: false, webp: true, quality }),
};

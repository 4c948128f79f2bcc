import { VARIANTS } from "../../../src/domain/image.ts";
import { openCodec, streamOf } from "../codec.ts";
import type { Contender } from "./contender.ts";
import { OneFormatCodec } from "./module.ts";

const QUALITY = 85;

let opened: Promise<OneFormatCodec> | undefined;

export const vitrineJpeg: Contender = {
  name: "Vitrine, JPEG alone",
  async run(file, format, quality = QUALITY) {
    opened ??= OneFormatCodec.open();
    return (await opened).run(file, format, "jpeg", quality);
  },
};

const codec = openCodec();

/** What the pipeline does: JPEG (PNG where transparent) and WebP of each variant, and the ThumbHash. */
export const vitrine: Contender = {
  name: "Vitrine, as it runs",
  async run(file, format) {
    const { variants } = await codec.resize(streamOf(file), format);
    return VARIANTS.flatMap((variant) =>
      variants[variant].pictures.map((picture) => ({ variant, ...picture })),
    );
  },
};

import type { DataFile } from "./inputs.ts";

/** `decoded`: as libvips has it; else the codes one of which is the right refusal. */
export type Expected = "decoded" | readonly string[];

const FORMAT_CODES: Readonly<Record<string, readonly string[]>> = {
  AVIF: ["image_avif_unsupported"],
  HEIC: ["image_heic_unsupported"],
  HEIF: ["image_heic_unsupported"],
  HEIFS: ["image_heic_unsupported"],
  SVG: ["image_format_unsupported"],
};

const NOT_AN_IMAGE = ["not_an_image"];
const CORRUPT = ["image_corrupt"];

/** Those that are not as their format says, by what is wrong with them. */
const SPECIAL: Readonly<Record<string, Expected>> = {
  // A sequence, of a brand that libvips does not know.
  "avif/colors-animated-8bpc-alpha-exif-xmp.avif": ["image_avif_unsupported"],
  "broken/poc_b_506387278.avif": ["image_avif_unsupported"],
  // 4,128 megapixels.
  "bombs/lottapixel.jpg": ["image_too_many_pixels"],
  // 400 megapixels.
  "generated/bomb-20000x20000-rgb.png": ["image_too_many_pixels"],
  // Its first chunk is no header.
  "broken/sample.png": CORRUPT,
  // Apple's own form of PNG (CgBI), which libpng does not read either.
  "broken/sample_fried.png": ["image_kind_unsupported"],
  // Progressive in 4:4:4 at 17 megapixels: 104 MB of coefficients.
  "jpeg-special/very-large.jpg": ["image_too_complex"],
  // Its last rows are not there; libvips fills them with grey.
  "photos/32d08f4a5eb10332506ebedbb9bc7257.jpg": ["image_truncated"],
  // PngSuite's files that must not be shown: signatures, then headers and data.
  "pngsuite/xs1n0g01.png": NOT_AN_IMAGE,
  "pngsuite/xs2n0g01.png": NOT_AN_IMAGE,
  "pngsuite/xs4n0g01.png": NOT_AN_IMAGE,
  "pngsuite/xs7n0g01.png": NOT_AN_IMAGE,
  "pngsuite/xcrn0g04.png": NOT_AN_IMAGE,
  "pngsuite/xlfn0g04.png": NOT_AN_IMAGE,
  "pngsuite/xhdn0g08.png": CORRUPT,
  "pngsuite/xc1n0g08.png": CORRUPT,
  "pngsuite/xc9n2c08.png": CORRUPT,
  "pngsuite/xd0n2c08.png": CORRUPT,
  "pngsuite/xd3n2c08.png": CORRUPT,
  "pngsuite/xd9n2c08.png": CORRUPT,
  "pngsuite/xdtn0g01.png": CORRUPT,
  "pngsuite/xcsn0g01.png": CORRUPT,
};

/** What is right for a file of the manifest. */
export function expectedOf({ name, format }: DataFile): Expected {
  return SPECIAL[name] ?? FORMAT_CODES[format] ?? "decoded";
}

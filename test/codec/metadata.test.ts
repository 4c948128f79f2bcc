import { describe, expect, it } from "vitest";
import type { ImageFormat } from "../../src/domain/image.ts";
import {
  exifBlock,
  exifSegment,
  extendedWebp,
  iccProfile,
  iccSegment,
  P3_PRIMARIES,
  SECRET_PLACE,
  segmentOf,
  SRGB_PRIMARIES,
  withSegments,
  xmpSegment,
} from "./metadata.ts";
import { colourAt, decoded, distance, encoded, encodePicture, resize } from "./open-codec.ts";
import { gifFile } from "./other-files.ts";
import { bytesOf, type Colour, fading, paint, scene } from "./pixels.ts";
import { iccChunk, pngFile } from "./png-files.ts";

const PICTURE = scene(300, 200);
const PROFILE = iccProfile(P3_PRIMARIES);
/** What a file's metadata begins with, in any of the three formats. */
const TRACES = [
  "Exif",
  "GPS",
  "http",
  "ICC",
  "acsp",
  "mntr",
  "EXIF",
  "XMP ",
  "eXIf",
  "iCCP",
  "tEXt",
  "iTXt",
  "tIME",
  "Ducky",
];

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

describe("metadata", () => {
  const text = bytesOf("Comment\0", SECRET_PLACE);
  it.each<readonly [string, ImageFormat, Uint8Array<ArrayBuffer>]>([
    [
      "JPEG",
      "jpeg",
      withSegments(
        encodePicture(PICTURE, "jpeg"),
        exifSegment(1),
        xmpSegment(),
        iccSegment(PROFILE),
        segmentOf(0xfe, bytesOf(SECRET_PLACE)),
        segmentOf(0xed, bytesOf("Photoshop 3.0\0", SECRET_PLACE)),
      ),
    ],
    ["PNG", "png", pngFile(PICTURE, { chunks: [iccChunk(PROFILE), ["eXIf", exifBlock(1)], ["tEXt", text]] })],
    [
      "PNG with alpha",
      "png",
      pngFile(fading(300, 200), {
        kind: "rgba",
        chunks: [
          ["eXIf", exifBlock(1)],
          ["tEXt", text],
        ],
      }),
    ],
    [
      "WebP",
      "webp",
      extendedWebp(encodePicture(PICTURE, "webp"), PICTURE, { icc: PROFILE, exif: exifBlock(1) }),
    ],
    ["GIF", "gif", gifFile(PICTURE, { comment: SECRET_PLACE })],
  ])("of a %s is in none of its pictures", async (_name, format, bytes) => {
    expect(textOf(bytes)).toContain(SECRET_PLACE);
    const { variants } = await resize(bytes, format);
    for (const { pictures } of Object.values(variants)) {
      for (const picture of pictures) {
        const written = textOf(picture.bytes);
        expect([SECRET_PLACE, ...TRACES].filter((trace) => written.includes(trace))).toEqual([]);
      }
    }
  });

  it("in segments of megabytes is passed over", async () => {
    const jpeg = encodePicture(PICTURE, "jpeg");
    const huge = Array.from({ length: 60 }, () => segmentOf(0xe1, new Uint8Array(65_533).fill(0x45)));
    expect(await resize(withSegments(jpeg, ...huge), "jpeg")).toEqual(await resize(jpeg, "jpeg"));
  });
});

describe("colours of a profile", () => {
  const STORED: Colour = [200, 90, 60];
  /** The same light in sRGB, by the matrices of both profiles and gamma 2.2 on one side, sRGB's curve on the other. */
  const SEEN = inSrgb(STORED);
  const picture = paint(64, 64, () => STORED);

  it.each<readonly [string, ImageFormat, Uint8Array<ArrayBuffer>]>([
    ["JPEG", "jpeg", withSegments(encodePicture(picture, "jpeg", { quality: 100 }), iccSegment(PROFILE))],
    ["PNG", "png", pngFile(picture, { chunks: [iccChunk(PROFILE)] })],
    [
      "WebP",
      "webp",
      extendedWebp(encodePicture(picture, "webp", { quality: 100 }), picture, { icc: PROFILE }),
    ],
  ])("are those of sRGB in what a %s becomes", async (_name, format, bytes) => {
    const resized = await resize(bytes, format);
    for (const form of ["jpeg", "webp"] as const) {
      const seen = colourAt(decoded(encoded(resized, "large", form), form), 32, 32);
      expect(distance(seen, SEEN), `${form}: ${seen.join()} for ${SEEN.join()}`).toBeLessThanOrEqual(6);
      expect(distance(seen, STORED)).toBeGreaterThan(15);
    }
  });

  it("stay as they are where the profile is sRGB's, is missing or is of no use", async () => {
    const files = [
      pngFile(picture),
      pngFile(picture, { chunks: [iccChunk(new Uint8Array(300))] }),
      pngFile(picture, { chunks: [["sRGB", Uint8Array.of(0)]] }),
    ];
    for (const bytes of files) {
      const pixels = decoded(encoded(await resize(bytes, "png"), "large", "jpeg"), "jpeg");
      expect(distance(colourAt(pixels, 32, 32), STORED)).toBeLessThanOrEqual(4);
    }
  });
});

/** P3's colour with gamma 2.2 as sRGB has it, cut to its range. */
function inSrgb([red, green, blue]: Colour): Colour {
  const light = [red, green, blue].map((value) => (value / 255) ** 2.2);
  const xyz = [0, 1, 2].map((row) => light.reduce((sum, value, i) => sum + value * P3_PRIMARIES[i][row], 0));
  const matrix = inverse([0, 1, 2].map((row) => SRGB_PRIMARIES.map((primary) => primary[row])));
  const [r, g, b] = matrix.map((row) => {
    const linear = Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, value, i) => sum + value * xyz[i], 0),
      ),
    );
    return Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
  });
  return [r, g, b];
}

function inverse(m: readonly (readonly number[])[]): number[][] {
  const minor = (r: number, c: number): number => {
    const [r1, r2] = [(r + 1) % 3, (r + 2) % 3];
    const [c1, c2] = [(c + 1) % 3, (c + 2) % 3];
    return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
  };
  const determinant = [0, 1, 2].reduce((sum, c) => sum + m[0][c] * minor(0, c), 0);
  return [0, 1, 2].map((r) => [0, 1, 2].map((c) => minor(c, r) / determinant));
}

import { describe, expect, it } from "vitest";
import type { ImageFormat } from "../../src/domain/image.ts";
import type { ResizedImage } from "../../src/ports/image-codec.ts";
import { exifBlock, exifSegment, extendedWebp, withSegments } from "./metadata.ts";
import {
  colourAt,
  decoded,
  distance,
  encoded,
  encodePicture,
  openCodec,
  resize,
  streamOf,
} from "./open-codec.ts";
import { bmpFile, gifFile } from "./other-files.ts";
import {
  BLUE,
  type Colour,
  fading,
  GREEN,
  paint,
  type Picture,
  quarters,
  RED,
  scene,
  WHITE,
} from "./pixels.ts";
import { pngFile } from "./png-files.ts";

const FILES: readonly (readonly [string, ImageFormat, (picture: Picture) => Uint8Array<ArrayBuffer>])[] = [
  ["JPEG", "jpeg", (picture) => encodePicture(picture, "jpeg")],
  ["progressive JPEG", "jpeg", (picture) => encodePicture(picture, "jpeg", { isProgressive: true })],
  ["PNG", "png", (picture) => pngFile(picture)],
  ["interlaced PNG", "png", (picture) => pngFile(picture, { isInterlaced: true })],
  ["WebP", "webp", (picture) => encodePicture(picture, "webp")],
  ["GIF", "gif", (picture) => gifFile(picture)],
  ["BMP", "bmp", bmpFile],
];

function sizesOf({ variants: { large, medium, thumb } }: ResizedImage): string[] {
  return [large, medium, thumb].map(({ width, height }) => `${width}×${height}`);
}

function formatsOf({ variants }: ResizedImage): string[] {
  return Object.values(variants).map(({ pictures }) => pictures.map(({ format }) => format).join());
}

/** The colours a quarter in from the corners: upper left, upper right, lower left, lower right. */
function cornersOf(bytes: Uint8Array, format: ImageFormat): number[][] {
  const pixels = decoded(bytes, format);
  const [left, top] = [Math.floor(pixels.width / 4), Math.floor(pixels.height / 4)];
  const [right, bottom] = [pixels.width - 1 - left, pixels.height - 1 - top];
  return [
    colourAt(pixels, left, top),
    colourAt(pixels, right, top),
    colourAt(pixels, left, bottom),
    colourAt(pixels, right, bottom),
  ];
}

function expectCorners(
  bytes: Uint8Array,
  format: ImageFormat,
  colours: readonly Colour[],
  within = 16,
): void {
  const corners = cornersOf(bytes, format);
  const far = corners.map((corner, i) => distance(corner, colours[i]));
  expect(Math.max(...far), JSON.stringify(corners)).toBeLessThanOrEqual(within);
}

describe.each(FILES)("a %s", (_name, format, fileOf) => {
  it("is made into three variants of two formats, in the right colours", async () => {
    const resized = await resize(fileOf(quarters(1_500, 1_000)), format);
    expect(resized).toMatchObject({ width: 1_500, height: 1_000, hasAlpha: false });
    expect(sizesOf(resized)).toEqual(["1200×800", "500×333", "100×67"]);
    expect(formatsOf(resized)).toEqual(["jpeg,webp", "jpeg,webp", "jpeg,webp"]);
    const within = format === "gif" ? 60 : 16;
    for (const variant of ["large", "medium", "thumb"] as const) {
      for (const form of ["jpeg", "webp"] as const) {
        expectCorners(encoded(resized, variant, form), form, [RED, GREEN, BLUE, WHITE], within);
      }
    }
  });

  it("of one pixel stays one", async () => {
    const resized = await resize(fileOf(paint(1, 1, () => GREEN)), format);
    expect(sizesOf(resized)).toEqual(["1×1", "1×1", "1×1"]);
  });

  it("does not depend on how its bytes are cut", async () => {
    const bytes = fileOf(scene(130, 90));
    const codec = openCodec();
    const whole = await resize(bytes, format, codec);
    for (const chunkBytes of [1, 7, 1_000, 70_000, 1_048_576]) {
      expect(await codec.resize(streamOf(bytes, chunkBytes), format)).toEqual(whole);
    }
  });
});

describe("sizes", () => {
  it.each([
    [50, 40, ["50×40", "50×40", "50×40"]],
    [300, 200, ["300×200", "300×200", "100×67"]],
    [600, 601, ["600×601", "499×500", "100×100"]],
    [1_000, 333, ["1000×333", "500×167", "100×33"]],
    [1, 5_000, ["1×1200", "1×500", "1×100"]],
    [5_000, 2, ["1200×1", "500×1", "100×1"]],
  ])("%i × %i fits without being enlarged, and no side goes below 1", async (width, height, sizes) => {
    for (const format of ["png", "jpeg"] as const) {
      const picture = paint(width, height, () => RED);
      const bytes = format === "png" ? pngFile(picture) : encodePicture(picture, "jpeg");
      expect(sizesOf(await resize(bytes, format))).toEqual(sizes);
    }
  });

  it("a variant as small as the next is not made twice", async () => {
    const { variants } = await resize(pngFile(scene(90, 60)), "png");
    expect(variants.medium).toBe(variants.large);
    expect(variants.thumb).toBe(variants.large);
  });
});

describe("orientation", () => {
  // Where the stored corners red, green, blue and white are seen.
  const SEEN = new Map([
    [1, [RED, GREEN, BLUE, WHITE]],
    [2, [GREEN, RED, WHITE, BLUE]],
    [3, [WHITE, BLUE, GREEN, RED]],
    [4, [BLUE, WHITE, RED, GREEN]],
    [5, [RED, BLUE, GREEN, WHITE]],
    [6, [BLUE, RED, WHITE, GREEN]],
    [7, [WHITE, GREEN, BLUE, RED]],
    [8, [GREEN, WHITE, RED, BLUE]],
  ]);
  const picture = quarters(480, 320);
  const jpeg = encodePicture(picture, "jpeg");
  const webp = encodePicture(picture, "webp");

  it.each([...SEEN])("%i is applied, in JPEG, PNG and WebP", async (orientation, colours) => {
    const exif = exifBlock(orientation);
    const files = [
      ["jpeg", withSegments(jpeg, exifSegment(orientation))],
      ["png", pngFile(picture, { chunks: [["eXIf", exif]] })],
      ["webp", extendedWebp(webp, picture, { exif })],
    ] as const;
    const size = orientation < 5 ? { width: 480, height: 320 } : { width: 320, height: 480 };
    for (const [format, bytes] of files) {
      const resized = await resize(bytes, format);
      expect(resized, format).toMatchObject(size);
      expect(resized.variants.large, format).toMatchObject(size);
      expectCorners(encoded(resized, "large", "webp"), "webp", colours);
      expectCorners(encoded(resized, "thumb", "jpeg"), "jpeg", colours);
    }
  });

  it("9 and 0 are none", async () => {
    for (const orientation of [0, 9]) {
      const resized = await resize(withSegments(jpeg, exifSegment(orientation)), "jpeg");
      expect(resized).toMatchObject({ width: 480, height: 320 });
    }
  });
});

describe("transparency", () => {
  it("makes PNG of JPEG's place, and keeps alpha in both", async () => {
    const resized = await resize(pngFile(fading(1_300, 700), { kind: "rgba" }), "png");
    expect(resized.hasAlpha).toBe(true);
    expect(formatsOf(resized)).toEqual(["png,webp", "png,webp", "png,webp"]);
    for (const format of ["png", "webp"] as const) {
      const pixels = decoded(encoded(resized, "medium", format), format);
      const alphas = [0, 125, 250, 375, 499].map((x) => colourAt(pixels, x, 100)[3]);
      expect(
        Math.max(...alphas.map((alpha, i) => Math.abs(alpha - [254, 191, 127, 63, 1][i]))),
        format,
      ).toBeLessThan(6);
    }
  });

  it("that no pixel uses makes JPEG", async () => {
    const resized = await resize(pngFile(scene(200, 100), { kind: "rgba" }), "png");
    expect(resized.hasAlpha).toBe(false);
    expect(formatsOf(resized)[0]).toBe("jpeg,webp");
  });

  it("does not draw what it hides: white beside transparent black stays white", async () => {
    // Stripes 3 pixels wide, so that every pixel of a variant mixes both.
    const stripes = paint(2_400, 300, (x) => (x % 6 < 3 ? [255, 255, 255, 255] : [0, 0, 0, 0]));
    const resized = await resize(pngFile(stripes, { kind: "rgba" }), "png");
    for (const variant of ["large", "medium", "thumb"] as const) {
      const pixels = decoded(encoded(resized, variant, "png"), "png");
      let darkest = 255;
      for (let i = 0; i < pixels.rgba.length; i += 4) {
        const alpha = pixels.rgba[i + 3];
        // Premultiplied white is as bright as it is opaque.
        if (alpha > 20) darkest = Math.min(darkest, Math.round((pixels.rgba[i] * 255) / alpha));
      }
      expect(darkest, variant).toBeGreaterThanOrEqual(248);
    }
  });
});

describe("grey", () => {
  it("stays grey", async () => {
    const resized = await resize(pngFile(scene(400, 300), { kind: "grey" }), "png");
    const { rgba } = decoded(encoded(resized, "medium", "jpeg"), "jpeg");
    for (let i = 0; i < rgba.length; i += 4) {
      if (Math.abs(rgba[i] - rgba[i + 1]) > 2 || Math.abs(rgba[i + 1] - rgba[i + 2]) > 2) {
        throw new Error(`Pixel ${i / 4} has the colour ${rgba.subarray(i, i + 3).join()}`);
      }
    }
  });
});

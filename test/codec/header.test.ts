import { describe, expect, it } from "vitest";
import { HeaderParser } from "../../src/codec/header/header-parser.ts";
import { AppError } from "../../src/domain/errors.ts";
import { ImageHeaderReader } from "../../src/services/images/header/image-header-reader.ts";
import { Random } from "../index/random.ts";
import { jpegStart, REFUSED, SAMPLES } from "./header-samples.ts";
import { segmentOf, withSegments } from "./metadata.ts";
import { bytesOf, bigEndian } from "./pixels.ts";
import { pngStart } from "./png-files.ts";

/** The header as text, or the refusal's code. */
function answerOf(chunks: Iterable<Uint8Array>): string {
  const reader = new ImageHeaderReader();
  try {
    for (const chunk of chunks) {
      const header = reader.feed(chunk);
      if (header !== null) return JSON.stringify(header);
    }
    return reader.end();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

function* chunksOf(bytes: Uint8Array, lengthOf: () => number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const length = lengthOf();
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

describe("the header of a file", () => {
  it.each(SAMPLES)("$name", ({ bytes, header, heldBytes }) => {
    expect(new ImageHeaderReader().feed(bytes)).toEqual(header);
    expect(new HeaderParser().feed(bytes)?.heldBytes).toBe(heldBytes);
  });

  it.each(REFUSED)("$name is refused as $code", ({ bytes, code, says }) => {
    const answer = answerOf([bytes]);
    expect(answer).toMatch(new RegExp(`^${code}: `));
    expect(answer).toContain(says);
  });

  it.each([...SAMPLES, ...REFUSED])("$name: any chunks give the same answer", ({ bytes }) => {
    const whole = answerOf([bytes]);
    expect(answerOf(chunksOf(bytes, () => 1))).toBe(whole);
    const random = new Random(bytes.length);
    for (let i = 0; i < 20; i++) {
      expect(answerOf(chunksOf(bytes, () => random.below(40)))).toBe(whole);
    }
  });

  it.each(SAMPLES)("$name: cut short anywhere it is no image, or truncated", ({ bytes }) => {
    for (let length = 0; length < bytes.length; length++) {
      const answer = answerOf([bytes.subarray(0, length)]);
      expect(answer).toMatch(/^(not_an_image|image_truncated|\{)/);
    }
  });

  it("random bytes and broken headers are refused, and nothing else happens", () => {
    const random = new Random(7);
    for (let i = 0; i < 3_000; i++) {
      const { bytes } = SAMPLES[i % SAMPLES.length];
      const broken = i % 3 === 0 ? bytes.map(() => random.below(256)) : Uint8Array.from(bytes);
      for (let n = 0; n < 1 + (i % 4); n++) broken[random.below(broken.length)] = random.below(256);
      expect(answerOf([broken])).toMatch(/^(\{|not_an_image|image_\w+: )/);
    }
  });
});

describe("a JPEG's segments", () => {
  const huge = segmentOf(0xe1, new Uint8Array(65_533));

  it("are passed over without being held, as many as there are in 16 MB", () => {
    const reader = new ImageHeaderReader();
    expect(reader.feed(Uint8Array.of(0xff, 0xd8))).toBeNull();
    for (let i = 0; i < 200; i++) expect(reader.feed(huge)).toBeNull();
    expect(reader.feed(jpegStart(640, 480).subarray(2))).toMatchObject({ width: 640, height: 480 });
  });

  it("over 16 MB of them are refused, and so are a hundred thousand small ones", () => {
    const many = Array.from({ length: 300 }, () => huge);
    expect(answerOf([Uint8Array.of(0xff, 0xd8), ...many])).toMatch(/^image_kind_unsupported/);
    const small = bytesOf(...Array.from({ length: 50_000 }, () => segmentOf(0xfe, new Uint8Array(0))));
    expect(answerOf([withSegments(jpegStart(1, 1), small)])).toMatch(/^image_kind_unsupported/);
  });
});

describe("limits", () => {
  it.each([
    ["100 megapixels", pngStart(10_240, 10_240), null],
    ["a row more", pngStart(10_240, 10_241), "image_too_many_pixels"],
    ["a side over 65,500", pngStart(65_501, 1), "image_too_many_pixels"],
    ["a lying header", pngStart(2_000_000_000, 2_000_000_000), "image_too_many_pixels"],
    ["16 megapixels interlaced", pngStart(4_096, 4_096, true), null],
    ["more of them", pngStart(4_096, 4_097, true), "image_too_complex"],
    ["24 megapixels progressive", jpegStart(6_000, 4_000, { marker: 0xc2 }), null],
    ["36 megapixels progressive", jpegStart(7_360, 4_912, { marker: 0xc2 }), "image_too_complex"],
    ["36 megapixels baseline", jpegStart(7_360, 4_912), null],
    ["36 megapixels in a scan for each colour", jpegStart(7_360, 4_912, { inScan: 1 }), "image_too_complex"],
  ])("%s", (_name, bytes, code) => {
    const answer = answerOf([bytes]);
    expect(answer.startsWith("{") ? null : answer.split(":")[0]).toBe(code);
  });

  it("a length of a segment is not believed beyond the file", () => {
    const lying = withSegments(jpegStart(10, 10), bytesOf([0xff, 0xe1], bigEndian(65_535, 2), "short"));
    expect(answerOf([lying])).toMatch(/^image_truncated/);
  });
});

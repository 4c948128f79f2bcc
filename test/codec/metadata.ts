import { bigEndian, bytesOf, littleEndian } from "./pixels.ts";

/** A place that must not be found again. */
export const SECRET_PLACE = "GPS-48.858370-2.294481";

/** A TIFF block with an orientation (1 to 8) and a description with `SECRET_PLACE`. */
export function exifBlock(orientation: number): Uint8Array<ArrayBuffer> {
  const text = `${SECRET_PLACE}\0`;
  const entry = (tag: number, type: number, count: number, value: number): number[] => [
    ...bigEndian(tag, 2),
    ...bigEndian(type, 2),
    ...bigEndian(count, 4),
    ...(type === 3 ? [...bigEndian(value, 2), 0, 0] : bigEndian(value, 4)),
  ];
  const entries = [entry(0x010e, 2, text.length, 8 + 2 + 24 + 4), entry(0x0112, 3, 1, orientation)];
  return bytesOf(
    "MM",
    [0, 42],
    bigEndian(8, 4),
    bigEndian(entries.length, 2),
    ...entries,
    [0, 0, 0, 0],
    text,
  );
}

/** Puts segments right behind the start of a JPEG. */
export function withSegments(jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return bytesOf(jpeg.subarray(0, 2), ...segments, jpeg.subarray(2));
}

export function segmentOf(marker: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytesOf([0xff, marker], bigEndian(payload.length + 2, 2), payload);
}

export function exifSegment(orientation: number): Uint8Array<ArrayBuffer> {
  return segmentOf(0xe1, bytesOf("Exif\0\0", exifBlock(orientation)));
}

export function iccSegment(profile: Uint8Array): Uint8Array<ArrayBuffer> {
  return segmentOf(0xe2, bytesOf("ICC_PROFILE\0", [1, 1], profile));
}

export function xmpSegment(): Uint8Array<ArrayBuffer> {
  return segmentOf(0xe1, bytesOf("http://ns.adobe.com/xap/1.0/\0", `<x:xmpmeta>${SECRET_PLACE}</x:xmpmeta>`));
}

/** A WebP with a profile and Exif around the picture of a simple one. */
export function extendedWebp(
  simple: Uint8Array,
  size: { width: number; height: number },
  parts: { icc?: Uint8Array; exif?: Uint8Array },
): Uint8Array<ArrayBuffer> {
  const flags = (parts.icc === undefined ? 0 : 0x20) | (parts.exif === undefined ? 0 : 0x08);
  const header = bytesOf(flags, [0, 0, 0], littleEndian(size.width - 1, 3), littleEndian(size.height - 1, 3));
  const body = bytesOf(
    "WEBP",
    riffChunk("VP8X", header),
    parts.icc === undefined ? [] : riffChunk("ICCP", parts.icc),
    simple.subarray(12),
    parts.exif === undefined ? [] : riffChunk("EXIF", parts.exif),
  );
  return bytesOf("RIFF", littleEndian(body.length, 4), body);
}

function riffChunk(name: string, payload: Uint8Array): Uint8Array {
  return bytesOf(name, littleEndian(payload.length, 4), payload, payload.length % 2 === 1 ? [0] : []);
}

/** The primaries of a display in XYZ under D50, as ICC wants them. */
export type Primaries = readonly (readonly [x: number, y: number, z: number])[];

export const SRGB_PRIMARIES: Primaries = [
  [0.4361, 0.2225, 0.0139],
  [0.3851, 0.7169, 0.0971],
  [0.1431, 0.0606, 0.7142],
];
export const P3_PRIMARIES: Primaries = [
  [0.5151, 0.2412, -0.0011],
  [0.292, 0.6922, 0.0419],
  [0.1571, 0.0666, 0.7841],
];

/** A matrix profile of a display with gamma 2.2 (ICC.1:2001-04, version 2). */
export function iccProfile(primaries: Primaries): Uint8Array<ArrayBuffer> {
  const xyz = (values: readonly number[]): Uint8Array => bytesOf("XYZ ", [0, 0, 0, 0], values.flatMap(fixed));
  const tags: [string, Uint8Array][] = [
    ["desc", bytesOf("desc", [0, 0, 0, 0], bigEndian(5, 4), "test\0", new Uint8Array(78))],
    ["cprt", bytesOf("text", [0, 0, 0, 0], "none\0")],
    ["wtpt", xyz([0.9642, 1, 0.8249])],
    ...primaries.map((primary, i): [string, Uint8Array] => [`${"rgb"[i]}XYZ`, xyz(primary)]),
    ...["r", "g", "b"].map((name): [string, Uint8Array] => [
      `${name}TRC`,
      bytesOf("curv", [0, 0, 0, 0], bigEndian(1, 4), bigEndian(Math.round(2.2 * 256), 2)),
    ]),
  ];
  let at = 128 + 4 + 12 * tags.length;
  const table: number[] = [];
  const data: Uint8Array[] = [];
  for (const [name, body] of tags) {
    const padded = bytesOf(body, new Uint8Array((4 - (body.length % 4)) % 4));
    table.push(...bytesOf(name), ...bigEndian(at, 4), ...bigEndian(body.length, 4));
    data.push(padded);
    at += padded.length;
  }
  const header = bytesOf(
    bigEndian(at, 4),
    [0, 0, 0, 0, 2, 0x10, 0, 0],
    "mntrRGB XYZ ",
    new Uint8Array(12),
    "acsp",
    new Uint8Array(28),
    [0.9642, 1, 0.8249].flatMap(fixed),
    new Uint8Array(48),
  );
  return bytesOf(header, bigEndian(tags.length, 4), table, ...data);
}

/** 16.16, two's complement. */
function fixed(value: number): number[] {
  return bigEndian(Math.round(value * 65_536) >>> 0, 4);
}

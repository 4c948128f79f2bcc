import type { ErrorCode } from "../../src/domain/errors.ts";
import type { ImageHeader } from "../../src/domain/image.ts";
import { segmentOf, withSegments, xmpSegment } from "./metadata.ts";
import { bmpFile, gifFile } from "./other-files.ts";
import { bigEndian, bytesOf, littleEndian, quarters } from "./pixels.ts";
import { chunkOf, headerOf, pngFile, pngStart } from "./png-files.ts";

interface JpegOptions {
  /** Of the frame: 0xc0 baseline, 0xc2 progressive. */
  marker?: number;
  bits?: number;
  components?: number;
  /** Components in the first scan. */
  inScan?: number;
}

/** A JPEG at 4:2:0 up to its first scan. */
export function jpegStart(width: number, height: number, options: JpegOptions = {}): Uint8Array<ArrayBuffer> {
  const { marker = 0xc0, bits = 8, components = 3, inScan = components } = options;
  const specified = Array.from({ length: components }, (_, i) => [i + 1, i === 0 ? 0x22 : 0x11, 0]).flat();
  const frame = bytesOf(bits, bigEndian(height, 2), bigEndian(width, 2), components, specified);
  const scan = bytesOf(inScan, Array.from({ length: inScan }, (_, i) => [i + 1, 0]).flat(), [0, 63, 0]);
  return bytesOf([0xff, 0xd8], segmentOf(marker, frame), segmentOf(0xda, scan));
}

function webpOf(...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = bytesOf("WEBP", ...chunks);
  return bytesOf("RIFF", littleEndian(body.length, 4), body);
}

function riff(name: string, payload: Uint8Array, bytes = payload.length): Uint8Array {
  return bytesOf(name, littleEndian(bytes, 4), payload);
}

function lossy(width: number, height: number): Uint8Array {
  return bytesOf([0x10, 0, 0, 0x9d, 0x01, 0x2a], littleEndian(width, 2), littleEndian(height, 2));
}

function lossless(width: number, height: number): Uint8Array {
  return bytesOf(0x2f, littleEndian(width - 1 + (height - 1) * 0x4000, 4));
}

function extended(flags: number, width: number, height: number): Uint8Array {
  return riff("VP8X", bytesOf(flags, [0, 0, 0], littleEndian(width - 1, 3), littleEndian(height - 1, 3)));
}

function isoMedia(major: string, ...compatible: readonly string[]): Uint8Array<ArrayBuffer> {
  const body = bytesOf("ftyp", major, [0, 0, 0, 0], ...compatible);
  return bytesOf(bigEndian(body.length + 4, 4), body, bigEndian(8, 4), "meta");
}

interface Sample {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  header: ImageHeader;
  heldBytes: number;
}

function sample(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  [format, width, height]: readonly [ImageHeader["format"], number, number],
  heldBytes = 0,
  isInterlaced = false,
): Sample {
  return { name, bytes, header: { format, width, height, isInterlaced }, heldBytes };
}

const SMALL = quarters(16, 16);
/** 40 × 24 blocks of luminance for 320 × 190 pixels in units of 16 × 16, and a quarter of it twice. */
const COEFFICIENTS = (40 * 24 + 2 * 20 * 12) * 64 * 2;

export const SAMPLES: readonly Sample[] = [
  sample("a baseline JPEG", jpegStart(320, 190), ["jpeg", 320, 190]),
  sample("a progressive JPEG", jpegStart(320, 190, { marker: 0xc2 }), ["jpeg", 320, 190], COEFFICIENTS, true),
  sample(
    "a baseline JPEG of several scans",
    jpegStart(320, 190, { inScan: 1 }),
    ["jpeg", 320, 190],
    COEFFICIENTS,
  ),
  sample("a grey JPEG", jpegStart(9, 9, { components: 1 }), ["jpeg", 9, 9]),
  sample("a JPEG with XMP", withSegments(jpegStart(20, 30), xmpSegment()), ["jpeg", 20, 30]),
  sample("a JPEG with bytes to fill", withSegments(jpegStart(20, 30), bytesOf([0xff, 0xff, 0xff])), [
    "jpeg",
    20,
    30,
  ]),
  sample("a PNG", pngFile(SMALL), ["png", 16, 16]),
  sample("an interlaced PNG", pngStart(100, 50, true), ["png", 100, 50], 100 * 50 * 4, true),
  sample("a lossy WebP", webpOf(riff("VP8 ", lossy(300, 200))), ["webp", 300, 200], 10),
  sample(
    "a lossless WebP",
    webpOf(riff("VP8L", lossless(16_384, 2))),
    ["webp", 16_384, 2],
    5 + 16_384 * 2 * 4,
  ),
  sample(
    "a WebP with a profile and alpha",
    webpOf(
      extended(0x30, 300, 200),
      riff("ICCP", new Uint8Array(64)),
      riff("ALPH", new Uint8Array(4)),
      riff("VP8 ", lossy(300, 200)),
    ),
    ["webp", 300, 200],
    10 + 300 * 200 * 5,
  ),
  sample(
    "an animated WebP",
    webpOf(
      extended(0x02, 400, 300),
      riff("ANIM", new Uint8Array(6)),
      riff("ANMF", new Uint8Array(16), 40),
      riff("VP8L", lossless(100, 50)),
    ),
    ["webp", 400, 300],
    5 + 100 * 50 * 4,
  ),
  sample("a GIF", gifFile(SMALL), ["gif", 16, 16]),
  sample("a GIF with a script in it", gifFile(SMALL, { comment: "<script>alert(1)</script><?php exit;" }), [
    "gif",
    16,
    16,
  ]),
  sample("a BMP", bmpFile(SMALL), ["bmp", 16, 16]),
];

interface Refused {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  code: ErrorCode;
  /** A part of the message. */
  says: string;
}

function refused(name: string, bytes: Uint8Array<ArrayBuffer>, code: ErrorCode, says: string): Refused {
  return { name, bytes, code, says };
}

const long = (text: string): Uint8Array<ArrayBuffer> => bytesOf(text, new Uint8Array(40));

export const REFUSED: readonly Refused[] = [
  refused("nothing", new Uint8Array(0), "not_an_image", "empty"),
  refused("a byte", bytesOf(0xff), "not_an_image", "begins like none"),
  refused("text", long("Bytes of a letter, not of a BMP"), "not_an_image", "begins like none"),
  refused(
    "a letter that begins as a BMP does",
    long("BMX racing is fun, and this is only text"),
    "not_an_image",
    "begins like none",
  ),
  refused("HTML", long("\r\n<!-- x --><!DOCTYPE html><title>.jpg</title>"), "not_an_image", "HTML"),
  refused("PHP", long("<?php system($_GET['c']); ?>"), "not_an_image", "PHP"),
  refused("a shell script", long("#!/bin/sh\nrm -r"), "not_an_image", "script"),
  refused("a ZIP", long("PK\x03\x04"), "not_an_image", "ZIP"),
  refused("an MP4", isoMedia("isom", "mp42"), "not_an_image", "isom"),
  refused("a WAVE", long("RIFF\x24\0\0\0WAVEfmt "), "not_an_image", "sound"),
  refused("another XML", long('<?xml version="1.0"?><note/>'), "not_an_image", "XML"),
  refused("empty SVG", long("<svg/>"), "image_format_unsupported", "SVG"),
  refused("SVG", long("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image_format_unsupported", "SVG"),
  refused(
    "SVG behind a comment",
    long(`\xef\xbb\xbf<?xml version="1.0"?><!--${"-".repeat(900)} --><svg >`),
    "image_format_unsupported",
    "SVG",
  ),
  refused("TIFF", long("II*\0\b\0\0\0"), "image_format_unsupported", "TIFF"),
  refused("PSD", long("8BPS\0\x01"), "image_format_unsupported", "PSD"),
  refused("JPEG XL", long("\xff\n"), "image_format_unsupported", "JPEG XL"),
  refused("JPEG XL in boxes", long("\0\0\0\fJXL \r\n\x87\n"), "image_format_unsupported", "JPEG XL"),
  refused("JPEG 2000", long("\0\0\0\fjP  \r\n\x87\n"), "image_format_unsupported", "JPEG 2000"),
  refused("ICO", long("\0\0\x01\0\x01\0"), "image_format_unsupported", "ICO"),
  refused("PDF", long("%PDF-1.7\n"), "image_format_unsupported", "PDF"),
  refused("AVIF", isoMedia("avif", "mif1", "miaf"), "image_avif_unsupported", "AVIF"),
  refused("AVIF as HEIF", isoMedia("mif1", "miaf", "avif"), "image_avif_unsupported", "AVIF"),
  refused("HEIC", isoMedia("heic", "mif1"), "image_heic_unsupported", "HEIC"),
  refused("HEIC as HEIF", isoMedia("msf1", "hevc", "mif1"), "image_heic_unsupported", "HEIC"),
  refused("another HEIF", isoMedia("mif1", "miaf"), "image_format_unsupported", "HEIF"),
  refused("a 12-bit JPEG", jpegStart(8, 8, { marker: 0xc1, bits: 12 }), "image_kind_unsupported", "12 bits"),
  refused("a lossless JPEG", jpegStart(8, 8, { marker: 0xc3 }), "image_kind_unsupported", "lossless"),
  refused("an arithmetic JPEG", jpegStart(8, 8, { marker: 0xc9 }), "image_kind_unsupported", "arithmetic"),
  refused("a JPEG without its height", jpegStart(8, 0), "image_kind_unsupported", "height"),
  refused(
    "a JPEG of two components",
    jpegStart(8, 8, { components: 2 }),
    "image_kind_unsupported",
    "2 components",
  ),
  refused("a JPEG without width", jpegStart(0, 8), "image_corrupt", "0 × 8"),
  refused("a JPEG without a frame", long("\xff\xd8\xff\xd9"), "image_corrupt", "before its first scan"),
  refused("a JPEG that stops", jpegStart(8, 8).subarray(0, 12), "image_truncated", "JPEG"),
  refused(
    "a PNG without its header",
    bytesOf(pngStart(1, 1).subarray(0, 8), chunkOf("IDAT", new Uint8Array(13))),
    "image_corrupt",
    "header",
  ),
  refused(
    "a PNG with 3 bits",
    bytesOf(pngStart(1, 1).subarray(0, 8), chunkOf("IHDR", headerOf(SMALL, 3, 3))),
    "image_corrupt",
    "3 bits",
  ),
  refused("a PNG of no width", pngStart(0, 5), "image_corrupt", "0 × 5"),
  refused(
    "Apple's PNG",
    bytesOf(pngStart(1, 1).subarray(0, 8), chunkOf("CgBI", new Uint8Array(4))),
    "image_kind_unsupported",
    "Apple",
  ),
  refused(
    "a GIF without a frame",
    bytesOf("GIF89a", [1, 0, 1, 0, 0, 0, 0], 0x3b),
    "image_corrupt",
    "no frame",
  ),
  refused("a WebP without its picture", webpOf(extended(0, 9, 9)), "image_truncated", "WebP"),
];

import { deflateSync } from "node:zlib";
import { pngChunk } from "../../test/http/image-files.ts";
import { openCodec, streamOf } from "../images/codec.ts";
import { seeded } from "../random.ts";

/** 1 megapixel, and the largest that the codec gives back whole. */
const SIZE = [1_154, 866] as const;

/** A PNG with soft areas, edges and some noise, as a photo has; another seed is another picture. */
export function photoPng([width, height]: readonly [number, number] = SIZE, seed = 7): Uint8Array {
  const random = seeded(seed);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0, at = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) {
      const edge = (Math.floor(x / 97) + Math.floor(y / 71)) % 2 === 0 ? 40 : 0;
      const noise = random() * 16;
      rows[at++] = 90 + 70 * Math.sin(x / 83) + edge + noise;
      rows[at++] = 90 + 70 * Math.sin(y / 61) + edge + noise;
      rows[at++] = 90 + 70 * Math.sin((x + y) / 131) + edge + noise;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const data = pngChunk("IDAT", deflateSync(rows, { level: 1 }));
  return Buffer.concat([signature, pngChunk("IHDR", header), data, pngChunk("IEND", Buffer.alloc(0))]);
}

/** A JPEG of 1 megapixel, the same each time. */
export async function photoJpeg(): Promise<Uint8Array> {
  const { variants } = await openCodec().resize(streamOf(photoPng()), "png");
  const jpeg = variants.large.pictures.find(({ format }) => format === "jpeg");
  if (jpeg === undefined) throw new Error("The codec has made no JPEG of an opaque PNG");
  return jpeg.bytes;
}

import { deflateSync } from "node:zlib";
import { pngChunk } from "../../test/http/image-files.ts";
import { openCodec, streamOf } from "../images/codec.ts";
import { seeded } from "../random.ts";

const [WIDTH, HEIGHT] = [1_154, 866];

/** A PNG of 1 megapixel with soft areas, edges and some noise, as a photo has. */
function photoPng(): Uint8Array {
  const random = seeded(7);
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    at++;
    for (let x = 0; x < WIDTH; x++) {
      const edge = (Math.floor(x / 97) + Math.floor(y / 71)) % 2 === 0 ? 40 : 0;
      const noise = random() * 16;
      rows[at++] = 90 + 70 * Math.sin(x / 83) + edge + noise;
      rows[at++] = 90 + 70 * Math.sin(y / 61) + edge + noise;
      rows[at++] = 90 + 70 * Math.sin((x + y) / 131) + edge + noise;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
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

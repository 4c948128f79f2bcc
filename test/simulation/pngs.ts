import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { pngChunk } from "../http/image-files.ts";

/** A file and what becomes of it. */
export interface Picture {
  bytes: Uint8Array<ArrayBuffer>;
  sha256: string;
  /** Its end is missing: that shows when it is read. */
  isBroken: boolean;
}

const SIDE = 6;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A small image of one colour; files that differ in their comment alone have the same pictures. */
export function makePicture({
  colour,
  comment,
  isBroken,
}: {
  colour: number;
  comment: string;
  isBroken: boolean;
}): Picture {
  const row = [0, ...Array.from({ length: SIDE }, () => [colour, 255 - colour, 90]).flat()];
  const pixels = deflateSync(Buffer.from(Array.from({ length: SIDE }, () => row).flat()));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [SIGNATURE, pngChunk("IHDR", header), pngChunk("tEXt", Buffer.from(`Comment\0${comment}`))];
  const whole = Buffer.concat([...parts, pngChunk("IDAT", pixels), pngChunk("IEND", Buffer.alloc(0))]);
  const bytes = new Uint8Array(isBroken ? whole.subarray(0, whole.length - 30) : whole);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex"), isBroken };
}

import { crc32, deflateSync } from "node:zlib";
import { bigEndian, bytesOf, type Picture } from "./pixels.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export type Chunk = readonly [name: string, payload: Uint8Array];

export interface PngOptions {
  kind?: "rgb" | "rgba" | "grey";
  /** Chunks before the pixels. */
  chunks?: readonly Chunk[];
  isInterlaced?: boolean;
}

/** A PNG of 8 bits a sample. */
export function pngFile(picture: Picture, options: PngOptions = {}): Uint8Array<ArrayBuffer> {
  const { kind = "rgb", chunks = [], isInterlaced = false } = options;
  const passes = isInterlaced ? ADAM7 : [[0, 0, 1, 1] as const];
  const rows = passes.flatMap((pass) => rowsOf(picture, kind, pass));
  return bytesOf(
    SIGNATURE,
    chunkOf("IHDR", headerOf(picture, { grey: 0, rgb: 2, rgba: 6 }[kind], 8, isInterlaced)),
    ...chunks.map(([name, payload]) => chunkOf(name, payload)),
    chunkOf("IDAT", deflateSync(bytesOf(...rows))),
    chunkOf("IEND", new Uint8Array()),
  );
}

export function headerOf(
  { width, height }: { width: number; height: number },
  colourType: number,
  bits: number,
  isInterlaced = false,
): Uint8Array {
  return bytesOf(bigEndian(width, 4), bigEndian(height, 4), bits, colourType, 0, 0, isInterlaced ? 1 : 0);
}

/** The first bytes of a PNG that claims to be so large, with a header that is right. */
export function pngStart(width: number, height: number, isInterlaced = false): Uint8Array<ArrayBuffer> {
  return bytesOf(SIGNATURE, chunkOf("IHDR", headerOf({ width, height }, 6, 8, isInterlaced)));
}

export function chunkOf(name: string, payload: Uint8Array): Uint8Array {
  const body = bytesOf(name, payload);
  return bytesOf(bigEndian(payload.length, 4), body, bigEndian(crc32(body), 4));
}

/** An ICC profile as PNG carries it. */
export function iccChunk(profile: Uint8Array): Chunk {
  return ["iCCP", bytesOf("profile", [0, 0], deflateSync(profile))];
}

/** First column and row, then the steps between columns and rows. */
type Pass = readonly [x: number, y: number, across: number, down: number];

const ADAM7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

function rowsOf(picture: Picture, kind: "rgb" | "rgba" | "grey", [x0, y0, across, down]: Pass): Uint8Array[] {
  const { width, height, rgba } = picture;
  const samples = { grey: 1, rgb: 3, rgba: 4 }[kind];
  const rows: Uint8Array[] = [];
  if (x0 >= width) return rows;
  for (let y = y0; y < height; y += down) {
    const row = new Uint8Array(1 + samples * Math.ceil((width - x0) / across));
    for (let x = x0, to = 1; x < width; x += across) {
      const from = (y * width + x) * 4;
      for (let i = 0; i < samples; i++) row[to++] = rgba[from + i];
    }
    rows.push(row);
  }
  return rows;
}

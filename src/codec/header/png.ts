import { corrupt, type FileHeader, skip, type Steps, take, textOf, unsupported } from "./steps.ts";

const SIGNATURE_BYTES = 8;
const PIXEL_BYTES = 4;
/** Colour types and the bits a sample that each may have (PNG specification, table 11.1). */
const DEPTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

export function* pngHeader(): Steps<FileHeader> {
  yield* skip(SIGNATURE_BYTES);
  const chunk = yield* take(8);
  const name = textOf(chunk, 4);
  if (name === "CgBI") throw unsupported("png", "Apple's own form of it");
  if (name !== "IHDR" || chunk.getUint32(0) !== 13) throw corrupt("png", "it does not begin with a header");
  const body = yield* take(13);
  const [width, height] = [body.getUint32(0), body.getUint32(4)];
  const [depth, colour, compression, filter, interlace] = [8, 9, 10, 11, 12].map((at) => body.getUint8(at));
  if (width === 0 || height === 0 || width > 0x7fffffff || height > 0x7fffffff) {
    throw corrupt("png", `it has ${width} × ${height} pixels`);
  }
  if (DEPTHS.get(colour)?.includes(depth) !== true) {
    throw corrupt("png", `there is no colour type ${colour} of ${depth} bits`);
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) throw corrupt("png", "an unknown method");
  const isInterlaced = interlace === 1;
  const heldBytes = isInterlaced ? width * height * PIXEL_BYTES : 0;
  // Any kind without alpha may name a transparent colour.
  return { format: "png", width, height, isInterlaced, heldBytes, mayHaveAlpha: true };
}

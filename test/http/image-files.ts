import { crc32, deflateSync } from "node:zlib";

/** A real PNG of one colour; different colours are different bytes. */
export function png(
  colour: readonly [number, number, number] = [200, 30, 40],
  side = 8,
): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const row = Buffer.concat([Buffer.of(0), ...Array.from({ length: side }, () => Buffer.from(colour))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [
    signature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

/** A PNG of `bytes` bytes in all: what is missing to them is a chunk of noise that decoders pass over. */
export function largePng(bytes: number, seed = 1): Uint8Array<ArrayBuffer> {
  const small = png();
  const noise = new Uint8Array(bytes - small.length - 12);
  let state = seed;
  for (let i = 0; i < noise.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    noise[i] = state >> 16;
  }
  // Right after the header, which is 8 + 25 bytes.
  return new Uint8Array(Buffer.concat([small.subarray(0, 33), pngChunk("noIs", noise), small.subarray(33)]));
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}

/** `bytes` in pieces, without a length, as a server's bodies come; `failure` in place of the end. */
export function pieces(
  bytes: Uint8Array,
  pieceBytes: number,
  failure?: Error,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (at < bytes.length) {
        controller.enqueue(bytes.slice(at, at + pieceBytes));
        at += pieceBytes;
      } else if (failure === undefined) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else controller.error(failure);
    },
  });
}

import { corrupt, type FileHeader, skip, type Steps, take, textOf, unsupported } from "./steps.ts";

const FILE_HEADER_BYTES = 12;
/** A lossless picture is held as a whole; beside a lossy one its alpha is, and the picture it is packed in. */
const LOSSLESS_PIXEL_BYTES = 4;
const ALPHA_PIXEL_BYTES = 5;

interface Size {
  width: number;
  height: number;
}

/** Reads on to the first image's data: behind the extended header stands the canvas, not how it is coded. */
export function* webpHeader(): Steps<FileHeader> {
  yield* skip(FILE_HEADER_BYTES);
  let canvas: Size | null = null;
  let hasAlpha = false;
  for (;;) {
    const { name, bytes } = yield* chunkHeader();
    if (name === "VP8 ")
      return headerOf(canvas, yield* lossySize(bytes), bytes, { isLossless: false, hasAlpha });
    if (name === "VP8L")
      return headerOf(canvas, yield* losslessSize(bytes), bytes, { isLossless: true, hasAlpha: true });
    if (name === "ANMF" && bytes >= 16) {
      yield* skip(16);
      continue;
    }
    const padded = bytes + (bytes % 2);
    if (name === "VP8X" && canvas === null) {
      if (bytes < 10) throw corrupt("webp", "its extended header is too short");
      canvas = yield* canvasSize();
      yield* skip(padded - 10);
      continue;
    }
    hasAlpha ||= name === "ALPH";
    yield* skip(padded);
  }
}

function* chunkHeader(): Steps<{ name: string; bytes: number }> {
  const header = yield* take(8);
  return { name: textOf(header, 0, 4), bytes: header.getUint32(4, true) };
}

function* canvasSize(): Steps<Size> {
  const body = yield* take(10);
  return { width: uint24(body, 4) + 1, height: uint24(body, 7) + 1 };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}

/** RFC 6386, section 9.1. */
function* lossySize(bytes: number): Steps<Size> {
  if (bytes < 10) throw corrupt("webp", "its picture is too short");
  const body = yield* take(10);
  if ((body.getUint8(0) & 1) !== 0) throw unsupported("webp", "a picture that builds on another");
  if (body.getUint8(3) !== 0x9d || body.getUint8(4) !== 0x01 || body.getUint8(5) !== 0x2a) {
    throw corrupt("webp", "its picture has no start code");
  }
  return { width: body.getUint16(6, true) & 0x3fff, height: body.getUint16(8, true) & 0x3fff };
}

function* losslessSize(bytes: number): Steps<Size> {
  if (bytes < 5) throw corrupt("webp", "its picture is too short");
  const body = yield* take(5);
  const bits = body.getUint32(1, true);
  if (body.getUint8(0) !== 0x2f || bits >>> 29 !== 0) throw corrupt("webp", "its picture has no signature");
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function headerOf(
  canvas: Size | null,
  frame: Size,
  dataBytes: number,
  { isLossless, hasAlpha }: { isLossless: boolean; hasAlpha: boolean },
): FileHeader {
  if (frame.width === 0 || frame.height === 0) throw corrupt("webp", "a side of 0 pixels");
  const { width, height } = canvas ?? frame;
  const pixelBytes = isLossless ? LOSSLESS_PIXEL_BYTES : hasAlpha ? ALPHA_PIXEL_BYTES : 0;
  const heldBytes = dataBytes + frame.width * frame.height * pixelBytes;
  // A frame of an animation may leave a part of its canvas empty.
  const mayHaveAlpha = hasAlpha || frame.width !== width || frame.height !== height;
  return { format: "webp", width, height, isInterlaced: false, heldBytes, mayHaveAlpha };
}

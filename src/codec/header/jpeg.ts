import { corrupt, type FileHeader, seek, skip, type Steps, take, takeByte, unsupported } from "./steps.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const RST0 = 0xd0;
const TEM = 0x01;

/** Frame headers (ITU-T T.81, table B.1; T.87 for JPEG-LS) that are not read, and what they announce. */
const OTHER_FRAMES: ReadonlyMap<number, string> = new Map([
  [0xc3, "lossless"],
  [0xc5, "hierarchical"],
  [0xc6, "hierarchical"],
  [0xc7, "hierarchical"],
  [0xc9, "arithmetic coding"],
  [0xca, "arithmetic coding"],
  [0xcb, "arithmetic coding"],
  [0xcd, "hierarchical"],
  [0xce, "hierarchical"],
  [0xcf, "hierarchical"],
  [0xf7, "JPEG-LS"],
]);
const PROGRESSIVE = 0xc2;
const FRAMES: readonly number[] = [0xc0, 0xc1, PROGRESSIVE];
const BLOCK_BYTES = 64 * 2;
const MAX_FRAME_BYTES = 8 + 3 * 4;

interface Frame {
  isProgressive: boolean;
  width: number;
  height: number;
  components: readonly { across: number; down: number }[];
}

/** Reads on to the first scan: one that holds part of the components only makes the decoder keep them all. */
export function* jpegHeader(): Steps<FileHeader> {
  yield* skip(2);
  let frame: Frame | null = null;
  for (;;) {
    yield* seek(0xff);
    const marker = yield* markerCode();
    if (marker === 0 || marker === TEM || (marker >= RST0 && marker <= SOI)) continue;
    if (marker === EOI) throw corrupt("jpeg", "it ends before its first scan");
    const length = (yield* take(2)).getUint16(0) - 2;
    if (length < 0) throw corrupt("jpeg", "a segment shorter than its length");
    if (marker === SOS) return yield* scanHeader(frame, length);
    const other = OTHER_FRAMES.get(marker);
    if (other !== undefined) throw unsupported("jpeg", other);
    if (!FRAMES.includes(marker)) yield* skip(length);
    else if (frame !== null) throw corrupt("jpeg", "two frames");
    else frame = yield* frameHeader(marker, length);
  }
}

/** After 0xFF: more of them may fill up. */
function* markerCode(): Steps<number> {
  for (;;) {
    const code = yield* takeByte();
    if (code !== 0xff) return code;
  }
}

function* frameHeader(marker: number, length: number): Steps<Frame> {
  if (length < 6) throw corrupt("jpeg", "its frame header is too short");
  const fixed = yield* take(6);
  const [bits, height, width, count] = [
    fixed.getUint8(0),
    fixed.getUint16(1),
    fixed.getUint16(3),
    fixed.getUint8(5),
  ];
  if (bits !== 8) throw unsupported("jpeg", `${bits} bits a sample`);
  if (height === 0 && width > 0) throw unsupported("jpeg", "its height comes after the image");
  if (width === 0 || height === 0) throw corrupt("jpeg", `it has ${width} × ${height} pixels`);
  if (![1, 3, 4].includes(count)) throw unsupported("jpeg", `${count} components`);
  if (length !== 6 + 3 * count || length > MAX_FRAME_BYTES)
    throw corrupt("jpeg", "its frame header has a wrong length");
  const specified = yield* take(3 * count);
  const components = Array.from({ length: count }, (_, i) => {
    const factors = specified.getUint8(3 * i + 1);
    return { across: factors >> 4, down: factors & 15 };
  });
  if (components.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) {
    throw corrupt("jpeg", "its sampling factors lie outside of 1 to 4");
  }
  return { isProgressive: marker === PROGRESSIVE, width, height, components };
}

function* scanHeader(frame: Frame | null, length: number): Steps<FileHeader> {
  if (frame === null) throw corrupt("jpeg", "a scan comes before the frame");
  if (length < 1) throw corrupt("jpeg", "its scan header is too short");
  const isWhole = (yield* takeByte()) === frame.components.length;
  const { width, height, isProgressive } = frame;
  const heldBytes = isProgressive || !isWhole ? coefficientBytes(frame) : 0;
  return { format: "jpeg", width, height, isInterlaced: isProgressive, heldBytes, mayHaveAlpha: false };
}

/** All coefficients, 2 bytes each, in blocks of 8 × 8 that are filled up to whole minimum coded units. */
export function coefficientBytes({ width, height, components }: Omit<Frame, "isProgressive">): number {
  const maxAcross = Math.max(...components.map(({ across }) => across));
  const maxDown = Math.max(...components.map(({ down }) => down));
  let blocks = 0;
  for (const { across, down } of components) {
    const blocksAcross = upTo(Math.ceil((width * across) / (maxAcross * 8)), across);
    const blocksDown = upTo(Math.ceil((height * down) / (maxDown * 8)), down);
    blocks += blocksAcross * blocksDown;
  }
  return blocks * BLOCK_BYTES;
}

function upTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

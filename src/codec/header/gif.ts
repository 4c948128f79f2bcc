import { corrupt, type FileHeader, skip, type Steps, take, takeByte } from "./steps.ts";

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const INTERLACED = 0x40;

/** Reads on to the first frame; as browsers do, the canvas grows where that goes beyond it. */
export function* gifHeader(): Steps<FileHeader> {
  const screen = yield* take(13);
  yield* skip(paletteBytes(screen.getUint8(10)));
  for (;;) {
    const block = yield* takeByte();
    if (block === EXTENSION) {
      yield* skip(1);
      yield* skipSubBlocks();
      continue;
    }
    if (block !== IMAGE) throw corrupt("gif", "it has no frame");
    const frame = yield* take(9);
    const [left, top, across, down] = [0, 2, 4, 6].map((at) => frame.getUint16(at, true));
    if (across === 0 || down === 0) throw corrupt("gif", `its frame has ${across} × ${down} pixels`);
    const width = Math.max(screen.getUint16(6, true), left + across);
    const height = Math.max(screen.getUint16(8, true), top + down);
    const isInterlaced = (frame.getUint8(8) & INTERLACED) !== 0;
    return {
      format: "gif",
      width,
      height,
      isInterlaced,
      heldBytes: isInterlaced ? across * down : 0,
      mayHaveAlpha: true,
    };
  }
}

/** Of the table of colours that the flags announce. */
function paletteBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * (2 << (flags & 7));
}

function* skipSubBlocks(): Steps<void> {
  for (;;) {
    const bytes = yield* takeByte();
    if (bytes === 0) return;
    yield* skip(bytes);
  }
}

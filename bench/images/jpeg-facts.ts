export interface JpegFacts {
  width: number;
  height: number;
  /** For example `4:2:0`; `grey` of one component. */
  sampling: string;
  isProgressive: boolean;
  /** Huffman tables other than the standard's example, which encoders take that do not count first. */
  isOptimised: boolean;
}

const SOF = new Set([0xc0, 0xc1, 0xc2]);
const DHT = 0xc4;
const SOS = 0xda;
/** The standard's four tables: 16 counts each, with 12, 162, 12 and 162 symbols. */
const STANDARD_SYMBOLS = 348;

function samplingOf(frame: Uint8Array): string {
  if (frame[5] === 1) return "grey";
  const [horizontal, vertical] = [frame[7] >> 4, frame[7] & 15];
  const names: Readonly<Record<string, string>> = {
    "1,1": "4:4:4",
    "2,1": "4:2:2",
    "2,2": "4:2:0",
    "1,2": "4:4:0",
  };
  return names[`${horizontal},${vertical}`] ?? `${horizontal}x${vertical}`;
}

/** Symbols in the tables of one DHT segment. */
function symbolsOf(segment: Uint8Array): number {
  let symbols = 0;
  for (let at = 0; at + 17 <= segment.length;) {
    const count = segment.subarray(at + 1, at + 17).reduce((sum, one) => sum + one, 0);
    symbols += count;
    at += 17 + count;
  }
  return symbols;
}

/** Reads the markers up to the first scan. */
export function jpegFacts(file: Uint8Array): JpegFacts {
  let frame: Uint8Array | null = null;
  let isProgressive = false;
  let symbols = 0;
  for (let at = 2; at + 4 <= file.length;) {
    const marker = file[at + 1];
    const length = (file[at + 2] << 8) | file[at + 3];
    const segment = file.subarray(at + 4, at + 2 + length);
    if (SOF.has(marker)) {
      frame = segment;
      isProgressive = marker === 0xc2;
    }
    if (marker === DHT) symbols += symbolsOf(segment);
    if (marker === SOS) break;
    at += 2 + length;
  }
  if (frame === null) throw new Error("Cannot read the JPEG: it has no frame");
  const [height, width] = [(frame[1] << 8) | frame[2], (frame[3] << 8) | frame[4]];
  const isOptimised = isProgressive || symbols !== STANDARD_SYMBOLS;
  return { width, height, sampling: samplingOf(frame), isProgressive, isOptimised };
}

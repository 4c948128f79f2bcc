import { Random } from "../index/random.ts";

/** A generated picture: RGBA, alpha not premultiplied. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number, alpha?: number];

export const RED: Colour = [230, 30, 30];
export const GREEN: Colour = [30, 200, 40];
export const BLUE: Colour = [30, 40, 220];
export const WHITE: Colour = [250, 250, 250];

export function paint(width: number, height: number, at: (x: number, y: number) => Colour): Picture {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = at(x, y);
      const i = (y * width + x) * 4;
      rgba[i] = red;
      rgba[i + 1] = green;
      rgba[i + 2] = blue;
      rgba[i + 3] = alpha;
    }
  }
  return { width, height, rgba };
}

/** A different colour in each corner: red, green; blue, white. */
export function quarters(width: number, height: number): Picture {
  return paint(width, height, (x, y) => {
    if (y < height / 2) return x < width / 2 ? RED : GREEN;
    return x < width / 2 ? BLUE : WHITE;
  });
}

/** Smooth and busy parts, so that every coder has something to do. */
export function scene(width: number, height: number, seed = 1): Picture {
  const random = new Random(seed);
  const noise = Array.from({ length: 256 }, () => random.below(60));
  return paint(width, height, (x, y) => [
    (x * 255) / Math.max(1, width - 1),
    (y * 255) / Math.max(1, height - 1),
    100 + noise[(x * 7 + y * 13) & 255],
  ]);
}

/** `scene`, fading out towards the right. */
export function fading(width: number, height: number): Picture {
  const { rgba } = scene(width, height);
  for (let i = 0; i < width * height; i++) rgba[i * 4 + 3] = 255 - Math.floor(((i % width) * 255) / width);
  return { width, height, rgba };
}

export function bytesOf(
  ...parts: readonly (string | number | readonly number[] | Uint8Array)[]
): Uint8Array<ArrayBuffer> {
  const pieces = parts.map((part) => {
    if (part instanceof Uint8Array) return part;
    if (typeof part === "string") return Uint8Array.from(part, (character) => character.charCodeAt(0));
    return Uint8Array.from(typeof part === "number" ? [part] : part);
  });
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export function bigEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * (bytes - 1 - i))) & 255);
}

export function littleEndian(value: number, bytes: number): number[] {
  return bigEndian(value, bytes).reverse();
}

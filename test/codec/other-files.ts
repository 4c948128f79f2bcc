import { bytesOf, littleEndian, type Picture } from "./pixels.ts";

/** A BMP of 24 bits a pixel, from the bottom up. */
export function bmpFile({ width, height, rgba }: Picture): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((height - 1 - y) * width + x) * 4;
      rows.set([rgba[from + 2], rgba[from + 1], rgba[from]], y * rowBytes + x * 3);
    }
  }
  return bytesOf(
    "BM",
    littleEndian(54 + rows.length, 4),
    [0, 0, 0, 0],
    littleEndian(54, 4),
    bmpHeader(width, height),
    rows,
  );
}

function bmpHeader(width: number, height: number): Uint8Array {
  return bytesOf(
    littleEndian(40, 4),
    littleEndian(width, 4),
    littleEndian(height, 4),
    [1, 0, 24, 0],
    new Uint8Array(24),
  );
}

/**
 * A GIF in 64 colours. Its codes have one length throughout: the table is cleared before it would make them longer, as
 * writers did that kept clear of the patent on LZW.
 */
export function gifFile(
  picture: Picture,
  options: { frames?: number; comment?: string } = {},
): Uint8Array<ArrayBuffer> {
  const { width, height } = picture;
  const size = [...littleEndian(width, 2), ...littleEndian(height, 2)];
  const frame = bytesOf(0x2c, [0, 0, 0, 0], size, 0, 6, subBlocks(codesOf(picture)), 0);
  const comment =
    options.comment === undefined ? [] : bytesOf([0x21, 0xfe], subBlocks(bytesOf(options.comment)), 0);
  const frames = Array.from({ length: options.frames ?? 1 }, () => frame);
  return bytesOf("GIF89a", size, [0x80 | 5, 0, 0], palette(), comment, ...frames, 0x3b);
}

/** 4 levels of each colour. */
function palette(): number[] {
  return Array.from({ length: 64 }, (_, i) => [(i >> 4) * 85, ((i >> 2) & 3) * 85, (i & 3) * 85]).flat();
}

function codesOf({ rgba }: Picture): Uint8Array {
  const [clear, end, bits] = [64, 65, 7];
  const out: number[] = [];
  let [held, heldBits] = [0, 0];
  const put = (code: number): void => {
    held |= code << heldBits;
    for (heldBits += bits; heldBits >= 8; heldBits -= 8) {
      out.push(held & 255);
      held >>= 8;
    }
  };
  for (let i = 0; i < rgba.length; i += 4) {
    if (i % (4 * 60) === 0) put(clear);
    put(((rgba[i] >> 6) << 4) | ((rgba[i + 1] >> 6) << 2) | (rgba[i + 2] >> 6));
  }
  put(end);
  return Uint8Array.from([...out, held & 255]);
}

function subBlocks(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.subarray(at, at + 255);
    blocks.push(bytesOf(block.length, block));
  }
  return bytesOf(...blocks);
}

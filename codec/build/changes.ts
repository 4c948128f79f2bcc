import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A change to a library's text: every occurrence of `from`, of which there must be `times`. */
export interface Change {
  file: string;
  from: string;
  to: string;
  times: number;
}

const JPEG_CHANGES: readonly Change[] = [
  // A buffer of 64 bits for the bits of Huffman codes, although `size_t` has 32.
  {
    file: "jdhuff.h",
    from: "#elif defined(__x86_64__) && defined(__ILP32__)",
    to: "#elif 1",
    times: 1,
  },
  // Planes are resampled each by itself: then the coarser ones need not be decoded at the finest one's size.
  {
    file: "jdmaster.c",
    from: "while (ssize < DCTSIZE &&",
    to: "while (ssize < DCTSIZE && !cinfo->raw_data_out &&",
    times: 1,
  },
];

export const CHANGES: Readonly<Record<string, readonly Change[]>> = { "libjpeg-turbo": JPEG_CHANGES };

/** Applies the changes to the unpacked sources; fails where a text is not found as often as it has to be. */
export function applyChanges(folder: string, changes: readonly Change[]): void {
  for (const { file, from, to, times } of changes) {
    const path = join(folder, file);
    const pieces = readFileSync(path, "utf8").split(from);
    if (pieces.length - 1 !== times)
      throw new Error(`"${from}" is ${pieces.length - 1} times in "${path}", not ${times} times`);
    writeFileSync(path, pieces.join(to));
  }
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { KeptFile } from "./manifest.ts";

const PIECE_BYTES = 1_048_576;

/** Length and SHA-256 of a file, a megabyte at a time. Throws what the file system throws. */
export async function hashFile(path: string): Promise<KeptFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

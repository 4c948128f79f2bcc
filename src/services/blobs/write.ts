import type { Ctx } from "../../deps.ts";
import { requireOperator } from "../../domain/access.ts";
import { AppError } from "../../domain/errors.ts";
import { uuidv7 } from "../../domain/ids.ts";
import { uploadKey } from "../../domain/image.ts";
import { isKeptBlob, sha256OfKey } from "../../domain/kept-blob.ts";

export interface RestoredBlob {
  key: string;
  body: ReadableStream<Uint8Array>;
  /** What the bytes are said to be, in hexadecimal; `null` where nothing is said. */
  sha256: string | null;
}

/**
 * Puts a blob of a backup back where it lay, streamed. Throws `invalid_input` for a key that no backup has, and
 * `digest_mismatch` where the bytes are not those of the key or of the digest: nothing is kept then.
 */
export async function writeBlob(
  ctx: Ctx<"blobs" | "clock">,
  { key, body, sha256 }: RestoredBlob,
): Promise<{ bytes: number }> {
  requireOperator(ctx.actor);
  if (!isKeptBlob(key)) {
    const errors = [{ path: "key", message: "Expected the key of a blob that a backup holds" }];
    throw new AppError("invalid_input", { detail: "Only what a backup holds is put back", errors });
  }
  const stored = await ctx.blobs.putStream(body, {
    temporaryKey: uploadKey(uuidv7(ctx.clock)),
    keyOf: (actual) => checked(key, actual, [sha256OfKey(key), sha256]),
    // The type that is served comes from the database.
    contentType: "application/octet-stream",
  });
  return { bytes: stored.bytes };
}

function checked(key: string, actual: string, promised: readonly (string | null)[]): string {
  const other = promised.find((one) => one !== null && one !== actual);
  if (other === undefined) return key;
  throw new AppError("digest_mismatch", `The body's SHA-256 is ${actual}, and ${other} was promised`);
}

// R2 takes parts of equal size, but for the last, and none below 5 MiB.
export const PART_BYTES = 5 * 1_048_576;

/**
 * What `Blobs.putStream` of so many bytes costs on R2. What fits into one part is put at once; else an upload is begun, its
 * parts are sent, it is completed, and the object is read once and written under its own name.
 */
export function operationsOf(bytes: number): { reads: number; writes: number } {
  if (bytes <= PART_BYTES) return { reads: 0, writes: 1 };
  return { reads: 1, writes: Math.ceil(bytes / PART_BYTES) + 3 };
}

/** What a backup holds of the blobs, in order. Uploads on their way (`uploads/`) are nobody's yet. */
export const KEPT_PREFIXES = ["index/", "journal/", "originals/", "variants/"] as const;

/** Not named by their bytes: a copy of a row, written anew with each generation, and events that wait for the database. */
const OTHERS = /^(?:index\/manifest\.json|journal\/(?:events|damaged)\/[0-9a-f-]{36})$/;

const NAMED_BY_ITS_BYTES = /^(?:index\/segments|index\/dead|originals|variants)\/([0-9a-f]{64})$/;

/** Whether a backup may hold a blob of this key. */
export function isKeptBlob(key: string): boolean {
  return OTHERS.test(key) || NAMED_BY_ITS_BYTES.test(key);
}

/** The SHA-256 in hexadecimal that a key promises of its bytes; `null` where it promises none. */
export function sha256OfKey(key: string): string | null {
  return NAMED_BY_ITS_BYTES.exec(key)?.[1] ?? null;
}

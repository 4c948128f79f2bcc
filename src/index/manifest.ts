/** One immutable segment of a generation, and the products in it that are dead: changed or deleted since it was built. */
export interface ManifestSegment {
  /** Blob key; its last part is the SHA-256 of the bytes. */
  key: string;
  products: number;
  bytes: number;
  dead: { key: string; count: number } | null;
}

/**
 * A generation of the index: together the segments hold every product as it was after change `seq`. What came later is
 * read from the database.
 */
export interface IndexManifest {
  format: 1;
  generation: number;
  seq: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
  segments: readonly ManifestSegment[];
}

export const EMPTY_MANIFEST: IndexManifest = { format: 1, generation: 0, seq: 0, createdAt: 0, segments: [] };

/** The products of a generation that are alive. */
export function liveProducts(manifest: IndexManifest): number {
  return manifest.segments.reduce((sum, segment) => sum + segment.products - (segment.dead?.count ?? 0), 0);
}

/** Reads a manifest's JSON; `null` for anything that is not one of this format. */
export function parseManifest(text: string): IndexManifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isManifest(value) ? value : null;
}

/** Of a manifest of whatever format; 0 where it tells none. */
export function generationOf(text: string): number {
  try {
    const { generation } = JSON.parse(text) as Record<string, unknown>;
    return typeof generation === "number" && Number.isSafeInteger(generation) ? generation : 0;
  } catch {
    return 0;
  }
}

function isManifest(value: unknown): value is IndexManifest {
  if (typeof value !== "object" || value === null) return false;
  const { format, generation, seq, createdAt, segments } = value as Record<string, unknown>;
  const numbers = [generation, seq, createdAt].every((field) => Number.isSafeInteger(field));
  return format === 1 && numbers && Array.isArray(segments) && segments.every(isManifestSegment);
}

export function isManifestSegment(value: unknown): value is ManifestSegment {
  if (typeof value !== "object" || value === null) return false;
  const { key, products, bytes, dead } = value as Record<string, unknown>;
  return (
    typeof key === "string" &&
    Number.isSafeInteger(products) &&
    Number.isSafeInteger(bytes) &&
    (dead === null || isDead(dead))
  );
}

function isDead(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { key, count } = value as Record<string, unknown>;
  return typeof key === "string" && Number.isSafeInteger(count);
}

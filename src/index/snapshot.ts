import type { Product } from "../domain/product.ts";
import { MAX_SEGMENT_PRODUCTS, SegmentBuilder } from "./builder.ts";
import { countDead, isDead } from "./postings.ts";
import type { Dead } from "./postings.ts";
import { SegmentError, openSegment } from "./segment.ts";
import type { Segment } from "./segment.ts";

export interface SnapshotSegment {
  readonly segment: Segment;
  readonly dead: Dead;
  /** Of a segment in memory: its products by document. */
  readonly products?: readonly Product[];
}

/** The index at one version, as a value that never changes. */
export interface IndexSnapshot {
  readonly version: string;
  /** Base segments, then those in memory. An id lives in at most one of them. */
  readonly segments: readonly SnapshotSegment[];
  /** Products that can be found. */
  readonly liveCount: number;
}

export interface Changes {
  upserts: readonly Product[];
  deletes: readonly string[];
}

/** In-memory segments up to this size are rebuilt with each change that follows: about 1 ms. */
const SMALL = 32;
const MAX_REBUILT = 48;
/** More segments in memory than this, and the smaller half is merged into one. */
const MAX_IN_MEMORY = 24;

/** Throws a `SegmentError` where a bitset is not of its segment. */
export function createSnapshot(parts: {
  segments: readonly SnapshotSegment[];
  version: string;
}): IndexSnapshot {
  for (const { segment, dead } of parts.segments) {
    if (dead !== null && dead.length !== bitsetLength(segment)) {
      throw new SegmentError(
        "malformed",
        `Cannot use tombstones of ${dead.length} bytes for ${segment.size} products`,
      );
    }
  }
  const segments = parts.segments.filter((entry) => entry.segment.size > 0);
  return {
    version: parts.version,
    segments,
    liveCount: segments.reduce((sum, entry) => sum + countLive(entry), 0),
  };
}

/**
 * The snapshot after a change; `snapshot` itself stays as it is. Old copies are marked dead wherever they live, new ones
 * go to a segment in memory. Of two upserts of one id the later wins; an id that is upserted and deleted is deleted.
 */
export function applyChanges(snapshot: IndexSnapshot, changes: Changes, version: string): IndexSnapshot {
  const gone = new Set(changes.deletes);
  const fresh = new Map<string, Product>();
  for (const product of changes.upserts) if (!gone.has(product.id)) fresh.set(product.id, product);
  const touched = new Set([...gone, ...changes.upserts.map((product) => product.id)]);
  const segments = snapshot.segments
    .map((entry) => bury(entry, touched))
    .filter((entry) => countLive(entry) > 0);
  const base = segments.filter((entry) => entry.products === undefined);
  const memory = segments.filter((entry) => entry.products !== undefined);
  return createSnapshot({ segments: [...base, ...grow(memory, [...fresh.values()])], version });
}

/** The bitset with the documents of `ids` dead as well; `dead` itself stays as it is. */
export function tombstone(segment: Segment, dead: Dead, ids: Iterable<string>): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(bitsetLength(segment));
  if (dead !== null) next.set(dead);
  for (const id of ids) {
    const doc = segment.lookup(id);
    if (doc >= 0) next[doc >> 3] |= 1 << (doc & 7);
  }
  return next;
}

function bitsetLength(segment: Segment): number {
  return (segment.size + 7) >> 3;
}

function countLive({ segment, dead }: SnapshotSegment): number {
  return segment.size - countDead(dead);
}

function bury(entry: SnapshotSegment, ids: ReadonlySet<string>): SnapshotSegment {
  const hits: string[] = [];
  for (const id of ids) {
    const doc = entry.segment.lookup(id);
    if (doc >= 0 && !isDead(entry.dead, doc)) hits.push(id);
  }
  return hits.length === 0 ? entry : { ...entry, dead: tombstone(entry.segment, entry.dead, hits) };
}

function liveProducts(entry: SnapshotSegment): Product[] {
  return (entry.products ?? []).filter((_, doc) => !isDead(entry.dead, doc));
}

/** Adds products to the segments in memory: small ones are rebuilt together, and many are merged into few. */
function grow(memory: readonly SnapshotSegment[], products: readonly Product[]): SnapshotSegment[] {
  if (products.length === 0) return [...memory];
  const small = memory.filter((entry) => entry.segment.size <= SMALL);
  const fits = small.length > 0 && products.length + sumLive(small) <= MAX_REBUILT;
  const merged = fits ? [...small.flatMap(liveProducts), ...products] : products;
  const rest = fits ? memory.filter((entry) => entry.segment.size > SMALL) : memory;
  return compact([...rest, ...buildAll(merged)]);
}

function sumLive(entries: readonly SnapshotSegment[]): number {
  return entries.reduce((sum, entry) => sum + countLive(entry), 0);
}

function compact(memory: SnapshotSegment[]): SnapshotSegment[] {
  if (memory.length <= MAX_IN_MEMORY) return memory;
  const bySize = [...memory].sort((a, b) => a.segment.size - b.segment.size);
  const half = bySize.length >> 1;
  return [...bySize.slice(half), ...buildAll(bySize.slice(0, half).flatMap(liveProducts))];
}

function buildAll(products: readonly Product[]): SnapshotSegment[] {
  const built: SnapshotSegment[] = [];
  for (let from = 0; from < products.length; from += MAX_SEGMENT_PRODUCTS) {
    built.push(build(products.slice(from, from + MAX_SEGMENT_PRODUCTS)));
  }
  return built;
}

function build(products: readonly Product[]): SnapshotSegment {
  const builder = new SegmentBuilder();
  for (const product of products) builder.add(product);
  const segment = openSegment(builder.finish(), { verify: false });
  const byId = [...products].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { segment, dead: null, products: byId };
}

import type { IndexManifest } from "./manifest.ts";
import type { Segment } from "./segment.ts";
import type { Synonyms } from "./synonyms.ts";
import type { IndexSnapshot, SnapshotSegment } from "./snapshot.ts";
import type { Product } from "../domain/product.ts";

/** A change applied since the segments of a generation were built; `null` for a delete. */
export interface TailChange {
  seq: number;
  id: string;
  product: Product | null;
}

/** What one isolate knows of the index. Values only; `snapshot` is swapped as a whole, `null` before the first load. */
export class IndexHolder {
  snapshot: IndexSnapshot | null = null;
  manifest: IndexManifest | null = null;
  /** Open segments by blob key, so that a generation loads only what is new. */
  segments: ReadonlyMap<string, Segment> = new Map();
  /** Segments opened while the first generation is loading. */
  partial: SnapshotSegment[] = [];
  /** What words also find, and the version of that setting. */
  synonyms: Synonyms = new Map();
  synonymsVersion = 0;
  /** The version that is being loaded while there is no snapshot, and when the database was asked for it. */
  announced: { version: string; at: number } | null = null;
  /** All changes after the manifest's that the snapshot holds. */
  tail: readonly TailChange[] = [];
  /** The last change that the snapshot holds. */
  seq = 0;
  /** There are changes that the snapshot does not hold yet. */
  behind = false;
  /** When the database was last asked, in milliseconds since the epoch; minus infinity before the first time. */
  checkedAt = Number.NEGATIVE_INFINITY;
  /** Until when one request is asking; others wait for its values. */
  leaseUntil = 0;
  mergeAskedAt = Number.NEGATIVE_INFINITY;
  /** A generation that could not be opened, and until when it is left alone. */
  refused = 0;
  refusedUntil = 0;
  lastError: unknown = undefined;

  adopt(
    manifest: IndexManifest,
    loaded: readonly SnapshotSegment[],
    snapshot: IndexSnapshot,
    tail: readonly TailChange[],
    seq: number,
  ): void {
    this.segments = new Map(manifest.segments.map((entry, i) => [entry.key, loaded[i].segment]));
    this.manifest = manifest;
    this.snapshot = snapshot;
    this.tail = tail;
    this.seq = seq;
    this.partial = [];
    this.announced = null;
  }

  extend(snapshot: IndexSnapshot, changes: readonly TailChange[], seq: number): void {
    this.snapshot = snapshot;
    this.tail = changes.length === 0 ? this.tail : [...this.tail, ...changes];
    this.seq = seq;
  }

  /** Gives the index's memory up, to be loaded again by the next search; not while a request is loading it. */
  release(now: number): void {
    if (this.leaseUntil <= now) this.drop();
  }

  /** As before the first load. */
  drop(): void {
    this.segments = new Map();
    this.manifest = null;
    this.snapshot = null;
    this.tail = [];
    this.seq = 0;
    this.partial = [];
    this.announced = null;
    this.behind = false;
    this.checkedAt = Number.NEGATIVE_INFINITY;
  }
}

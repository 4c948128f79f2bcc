import type { AnyDocument } from "@orama/orama";
import type { Product } from "../../domain/product.ts";
import { openSegment } from "../segment.ts";
import { applyChanges, createSnapshot } from "../snapshot.ts";
import type { IndexSnapshot } from "../snapshot.ts";
import { OramaIndexError } from "./fault.ts";
import { toProduct } from "./fields.ts";
import type { Properties } from "./fields.ts";
import { documentAt } from "./stored.ts";

/** What `save` of Orama keeps: JSON. Base segments are in base64. */
export interface SavedStore {
  format: "vitrine-1";
  base: readonly string[];
  removed: readonly string[];
  documents: readonly (readonly [id: string, document: AnyDocument])[];
}

/**
 * The products of one Orama database: base segments, which never change, and what was inserted and removed since.
 * Changes reach the snapshot in one step when it is next asked for, so that a bulk insert builds one segment.
 */
export class ProductStore {
  readonly properties: Properties;
  #base: readonly ArrayBuffer[] = [];
  #first: IndexSnapshot = createSnapshot({ segments: [], version: "0" });
  #snapshot: IndexSnapshot = this.#first;
  readonly #documents = new Map<string, AnyDocument>();
  /** Ids of the base that are gone or replaced. */
  readonly #removed = new Set<string>();
  readonly #upserts = new Map<string, Product>();
  readonly #deletes = new Set<string>();
  #version = 0;

  constructor(properties: Properties, base: readonly ArrayBuffer[]) {
    this.properties = properties;
    this.#open(base);
  }

  get count(): number {
    return this.#first.liveCount - this.#removed.size + this.#documents.size;
  }

  /** The index with all changes so far; a value that stays as it is. */
  get snapshot(): IndexSnapshot {
    if (this.#upserts.size > 0 || this.#deletes.size > 0) {
      const changes = { upserts: [...this.#upserts.values()], deletes: [...this.#deletes] };
      this.#snapshot = applyChanges(this.#snapshot, changes, String(++this.#version));
      this.#upserts.clear();
      this.#deletes.clear();
    }
    return this.#snapshot;
  }

  /** An inserted document as it came; of a base segment what its columns hold. */
  get(id: string): AnyDocument | undefined {
    const inserted = this.#documents.get(id);
    if (inserted !== undefined) return inserted;
    if (this.#removed.has(id)) return undefined;
    for (const { segment } of this.#first.segments) {
      const doc = segment.lookup(id);
      if (doc >= 0) return documentAt(segment, doc, this.properties);
    }
    return undefined;
  }

  /** `false` where there is a document of this id. */
  add(id: string, document: AnyDocument): boolean {
    if (this.#has(id)) return false;
    this.#documents.set(id, document);
    this.#deletes.delete(id);
    this.#upserts.set(id, toProduct(this.properties, id, document));
    return true;
  }

  remove(id: string): boolean {
    if (!this.#has(id)) return false;
    if (!this.#documents.delete(id)) this.#removed.add(id);
    this.#upserts.delete(id);
    this.#deletes.add(id);
    return true;
  }

  *ids(): Iterable<string> {
    for (const { segment } of this.#first.segments) {
      for (const id of segment.ids()) if (!this.#removed.has(id)) yield id;
    }
    yield* this.#documents.keys();
  }

  save(): SavedStore {
    return {
      format: "vitrine-1",
      base: this.#base.map((buffer) => toBase64(new Uint8Array(buffer))),
      removed: [...this.#removed],
      documents: [...this.#documents],
    };
  }

  /** Takes the place of all there was. Throws for what `save` did not write. */
  load(raw: unknown): void {
    if (!isSaved(raw))
      throw new OramaIndexError("NOT_SAVED_HERE", "Cannot load: not a saved database of this index");
    this.#open(raw.base.map(fromBase64));
    this.#documents.clear();
    this.#removed.clear();
    for (const id of raw.removed) this.remove(id);
    for (const [id, document] of raw.documents) this.add(id, document);
  }

  #has(id: string): boolean {
    if (this.#documents.has(id)) return true;
    return !this.#removed.has(id) && this.#first.segments.some(({ segment }) => segment.lookup(id) >= 0);
  }

  #open(base: readonly ArrayBuffer[]): void {
    const segments = base.map((buffer) => ({ segment: openSegment(buffer), dead: null }));
    this.#base = base;
    this.#first = createSnapshot({ segments, version: String(this.#version) });
    this.#snapshot = this.#first;
    this.#upserts.clear();
    this.#deletes.clear();
  }
}

function isSaved(raw: unknown): raw is SavedStore {
  return typeof raw === "object" && raw !== null && (raw as { format?: unknown }).format === "vitrine-1";
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // One call takes a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(binary);
}

function fromBase64(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
}

import type { Resolved } from "../experiments/resolve.ts";
import type { SearchPage } from "./page.ts";

/** What memory keeps of a page: its JSON. It goes to the data centre's cache when it is asked for a second time. */
export interface Kept {
  json: string;
  nextCursor: string | null;
  indexVersion: string;
  shared: boolean;
}

/** A page as JSON, which a cached answer is not parsed from, and what its headers say. */
export interface SearchResult {
  json: string;
  nextCursor: string | null;
  indexVersion: string;
  degraded: boolean;
  /** Under which memory keeps it once it was asked for twice; `null` where it does not. */
  key: string | null;
  /** What was set for it, and the experiments that it is of. */
  resolved: Resolved;
  readonly page: SearchPage;
}

export function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "json" in value && "shared" in value;
}

export function resultOf(page: SearchPage, resolved: Resolved): SearchResult {
  const { next_cursor: nextCursor, index_version: indexVersion, degraded = false } = page;
  return { json: JSON.stringify(page), nextCursor, indexVersion, degraded, key: null, resolved, page };
}

/** The answer of an entry of the cache; `null` for anything else. */
export function keptResult(value: unknown, key: string, resolved: Resolved): SearchResult | null {
  return isKept(value) ? fromKept(value, key, resolved) : null;
}

export function fromKept(
  { json, nextCursor, indexVersion }: Kept,
  key: string,
  resolved: Resolved,
): SearchResult {
  return {
    json,
    nextCursor,
    indexVersion,
    degraded: false,
    key,
    resolved,
    get page() {
      return JSON.parse(json) as SearchPage;
    },
  };
}

import { isDead } from "../postings.ts";
import type { Dead } from "../postings.ts";
import type { IndexSnapshot } from "../snapshot.ts";
import type { Facet, FacetField, SearchRequest } from "../types.ts";
import type { Evaluation } from "./evaluate.ts";
import { facetCounter } from "./facets.ts";
import type { DocumentList, FacetCounter } from "./facets.ts";
import { compileFilters, filteredFields } from "./filters.ts";
import type { Failures, FieldTest } from "./filters.ts";
import type { Scratch } from "./scratch.ts";

/** What a document must match, of the words that match anything. */
export interface Demand {
  /** Words, required ones included. */
  least: number;
  /** Slots that must not be empty. */
  required: readonly Int32Array[];
  /** All live documents are asked for. */
  browse: boolean;
}

export interface Selection {
  /** Documents that are hits, by segment; numbered through all segments. */
  hits: readonly DocumentList[];
  total: number;
  facets: Readonly<Partial<Record<FacetField, Facet>>>;
}

/** Finds the documents that match and pass all filters, and counts the facets over them. */
export function select(
  snapshot: IndexSnapshot,
  request: SearchRequest,
  evaluation: Evaluation,
  demand: Demand,
  scratch: Scratch,
): Selection {
  const fields = filteredFields(request.filters);
  const counters = new Map(request.facets.map((field) => [field, facetCounter(field)]));
  // Documents that fail in one field alone still count for that field's own facet.
  const near = fields.map((field, i) => (counters.has(field as FacetField) ? scratch.near(i) : null));
  const hits: DocumentList[] = [];
  let written = 0;
  snapshot.segments.forEach(({ segment, dead }, s) => {
    const base = evaluation.bases[s];
    const { docs, count } = demand.browse
      ? liveDocuments(segment.size, dead, base, evaluation.hasBanned, scratch, written)
      : matchingDocuments(evaluation, s, demand, scratch, written);
    const nearCounts = new Uint32Array(fields.length);
    const tests = compileFilters(segment, request.filters, fields);
    const passing =
      tests.length === 0 ? count : partition(docs, count, base, tests, near, nearCounts, scratch.failures);
    const list = { docs: docs.subarray(0, passing), count: passing, base };
    hits.push(list);
    written += passing;
    for (const [field, counter] of counters) {
      const own = fields.indexOf(field);
      const missed = own < 0 ? null : near[own];
      counter.add(segment, missed === null ? [list] : [list, { docs: missed, count: nearCounts[own], base }]);
    }
  });
  return { hits, total: written, facets: resultsOf(counters) };
}

function liveDocuments(
  size: number,
  dead: Dead,
  base: number,
  hasBanned: boolean,
  scratch: Scratch,
  from: number,
) {
  const docs = scratch.hits.subarray(from);
  let count = 0;
  for (let doc = 0; doc < size; doc++) {
    if (isDead(dead, doc) || (hasBanned && scratch.banned[base + doc] === 1)) continue;
    docs[count++] = base + doc;
  }
  return { docs, count };
}

/** The documents of segment `s` that match enough words and all required ones, and that nothing excludes. */
function matchingDocuments(
  evaluation: Evaluation,
  s: number,
  demand: Demand,
  scratch: Scratch,
  from: number,
) {
  const { touched, matched, banned } = scratch;
  const { least, required } = demand;
  const { hasBanned } = evaluation;
  const docs = scratch.hits.subarray(from);
  const end = evaluation.touchedStarts[s + 1];
  let count = 0;
  for (let i = evaluation.touchedStarts[s]; i < end; i++) {
    const at = touched[i];
    if (matched[at] < least || (hasBanned && banned[at] === 1)) continue;
    if (hasAll(required, at)) docs[count++] = at;
  }
  return { docs, count };
}

function hasAll(required: readonly Int32Array[], at: number): boolean {
  for (const slot of required) if (slot[at] === 0) return false;
  return true;
}

/** Moves the documents that pass all tests to the front, and those that fail in one field alone to its list. */
function partition(
  docs: Int32Array,
  count: number,
  base: number,
  tests: readonly FieldTest[],
  near: readonly (Int32Array | null)[],
  nearCounts: Uint32Array,
  failures: Failures,
): number {
  failures.counts.fill(0, 0, count);
  tests.forEach((test, field) => test.mark(docs, count, base, failures, field));
  const { counts, fields } = failures;
  let passing = 0;
  for (let i = 0; i < count; i++) {
    const at = docs[i];
    if (counts[i] === 0) docs[passing++] = at;
    else if (counts[i] === 1) {
      const list = near[fields[i]];
      if (list !== null) list[nearCounts[fields[i]]++] = at;
    }
  }
  return passing;
}

/** The most words that any live document that is not excluded matches, whatever the filters say. */
export function mostMatched(
  evaluation: Evaluation,
  required: readonly Int32Array[],
  scratch: Scratch,
): number {
  const { matched } = scratch;
  let most = 0;
  for (let s = 0; s + 1 < evaluation.bases.length; s++) {
    const { docs, count } = matchingDocuments(
      evaluation,
      s,
      { least: most + 1, required, browse: false },
      scratch,
      0,
    );
    for (let i = 0; i < count; i++) most = Math.max(most, matched[docs[i]]);
  }
  return most;
}

function resultsOf(counters: ReadonlyMap<FacetField, FacetCounter>): Partial<Record<FacetField, Facet>> {
  const facets: Partial<Record<FacetField, Facet>> = Object.create(null);
  for (const [field, counter] of counters) facets[field] = counter.result();
  return facets;
}

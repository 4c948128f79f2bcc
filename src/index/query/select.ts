import { isDead } from "../postings.ts";
import type { IndexSnapshot } from "../snapshot.ts";
import type { Facet, FacetField, SearchRequest } from "../types.ts";
import type { Evaluation } from "./evaluate.ts";
import { facetCounter } from "./facets.ts";
import type { DocumentList, FacetCounter } from "./facets.ts";
import { compileFilters, filteredFields } from "./filters.ts";
import type { FieldTest } from "./filters.ts";
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
  /** Documents that are hits, by segment, ascending segments; numbered through all segments. */
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
  const near = fields.map((field) =>
    counters.has(field as FacetField) ? new Int32Array(scratch.hits.length) : null,
  );
  const hits: DocumentList[] = [];
  let written = 0;
  snapshot.segments.forEach(({ segment, dead }, s) => {
    const base = evaluation.bases[s];
    const tests = compileFilters(segment, request.filters, fields);
    const nearCounts = fields.map(() => 0);
    const begin = written;
    const consider = (at: number): void => {
      const failed = failedField(tests, at - base);
      if (failed === PASSES) scratch.hits[written++] = at;
      else if (failed >= 0) {
        const list = near[failed];
        if (list !== null) list[nearCounts[failed]++] = at;
      }
    };
    if (demand.browse) {
      for (let doc = 0; doc < segment.size; doc++) {
        if (!isDead(dead, doc) && !(evaluation.hasBanned && scratch.banned[base + doc] === 1))
          consider(base + doc);
      }
    } else eachMatch(evaluation, s, demand, scratch, consider);
    const list = { docs: scratch.hits.subarray(begin, written), count: written - begin, base };
    hits.push(list);
    for (const [field, counter] of counters) {
      const own = fields.indexOf(field);
      const missed = own < 0 ? null : near[own];
      counter.add(segment, missed === null ? [list] : [list, { docs: missed, count: nearCounts[own], base }]);
    }
  });
  return { hits, total: written, facets: resultsOf(counters) };
}

const PASSES = -1;
const FAILS_TWICE = -2;

/** The one field a document fails in; `PASSES` or `FAILS_TWICE` otherwise. */
function failedField(tests: readonly FieldTest[], doc: number): number {
  let failed = PASSES;
  for (let field = 0; field < tests.length; field++) {
    if (tests[field].passes(doc)) continue;
    if (failed !== PASSES) return FAILS_TWICE;
    failed = field;
  }
  return failed;
}

/** Sees the documents of segment `s` that match enough words and all required ones, and that nothing excludes. */
function eachMatch(
  evaluation: Evaluation,
  s: number,
  demand: Demand,
  scratch: Scratch,
  see: (at: number) => void,
): void {
  const { touched, matched, banned } = scratch;
  const end = evaluation.touchedStarts[s + 1];
  for (let i = evaluation.touchedStarts[s]; i < end; i++) {
    const at = touched[i];
    if (matched[at] < demand.least) continue;
    if (evaluation.hasBanned && banned[at] === 1) continue;
    if (demand.required.every((slot) => slot[at] !== 0)) see(at);
  }
}

/** The most words that any live document that is not excluded matches, whatever the filters say. */
export function mostMatched(
  evaluation: Evaluation,
  required: readonly Int32Array[],
  scratch: Scratch,
): number {
  let most = 0;
  for (let s = 0; s + 1 < evaluation.bases.length; s++) {
    eachMatch(evaluation, s, { least: most + 1, required, browse: false }, scratch, (at) => {
      most = Math.max(most, scratch.matched[at]);
    });
  }
  return most;
}

function resultsOf(counters: ReadonlyMap<FacetField, FacetCounter>): Partial<Record<FacetField, Facet>> {
  const facets: Partial<Record<FacetField, Facet>> = Object.create(null);
  for (const [field, counter] of counters) facets[field] = counter.result();
  return facets;
}

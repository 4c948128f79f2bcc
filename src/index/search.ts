import { readDocument } from "./document.ts";
import { anyMatchesAll, evaluate } from "./query/evaluate.ts";
import type { Evaluation } from "./query/evaluate.ts";
import { explain } from "./query/explain.ts";
import { Highlighter } from "./query/highlight.ts";
import { Lexicon } from "./query/lexicon.ts";
import { rankedPage } from "./query/page.ts";
import type { PagePlace } from "./query/page.ts";
import { parseQuery } from "./query/parse.ts";
import type { ParsedQuery } from "./query/parse.ts";
import { planQuery } from "./query/plan.ts";
import type { WordPlan } from "./query/word-plan.ts";
import { withNeighbours } from "./query/typos.ts";
import { Scorer } from "./query/rank.ts";
import { Scratch } from "./query/scratch.ts";
import { mostMatched, select } from "./query/select.ts";
import type { Demand, Selection } from "./query/select.ts";
import { ENOUGH } from "./scoring.ts";
import type { IndexSnapshot } from "./snapshot.ts";
import type { SearchAnswer, SearchHit, SearchRequest } from "./types.ts";

const scratch = new Scratch();

/**
 * Finds, ranks and counts. The answer is a function of the live products and the request alone, however the products
 * are spread over segments. `total` and the facets count every document that paging reaches: with `relevance` those
 * that match all words if there are 100 of them, else those that match at least half; with other sorts those that match
 * as many words as any does.
 */
export function search(snapshot: IndexSnapshot, request: SearchRequest): SearchAnswer {
  const query = parseQuery(request.query);
  const live = new Lexicon(snapshot);
  const { plans, evaluation } = evaluateBest(snapshot, query, request, live);
  try {
    const selection = selectBest(snapshot, request, evaluation, query.browse);
    const scorer = new Scorer(evaluation, query.length, scratch.matched, request.ranking);
    const page = rankedPage(snapshot, request, selection.hits, scorer);
    const hits = makeHits(request, evaluation, scorer, plans, page.places);
    const last = page.places[page.places.length - 1];
    const next = page.more && last !== undefined ? { key: last.key, id: last.id } : null;
    return { total: selection.total, hits, facets: selection.facets, next };
  } finally {
    clear(evaluation);
  }
}

/** Evaluates what was typed; where no document has all words, what may have been meant, if any document has all of that. */
function evaluateBest(snapshot: IndexSnapshot, query: ParsedQuery, request: SearchRequest, live: Lexicon) {
  const plans = planQuery(query, live, request.synonyms);
  const evaluation = evaluate(snapshot, query, plans, live, scratch);
  const wider = anyMatchesAll(evaluation, scratch) ? null : withNeighbours(plans, live);
  if (wider === null) return { plans, evaluation };
  clear(evaluation);
  const second = evaluate(snapshot, query, wider, live, scratch);
  if (anyMatchesAll(second, scratch)) return { plans: wider, evaluation: second };
  clear(second);
  return { plans, evaluation: evaluate(snapshot, query, plans, live, scratch) };
}

/** Documents with all words where they fill any page, else those with some as well. Pages of one request agree on it. */
function selectBest(
  snapshot: IndexSnapshot,
  request: SearchRequest,
  evaluation: Evaluation,
  browse: boolean,
): Selection {
  const demand = demandOf(request, evaluation, browse);
  const all = evaluation.groups.length;
  if (demand.browse || request.sort !== "relevance" || demand.least === all) {
    return select(snapshot, request, evaluation, demand, scratch);
  }
  const full = select(snapshot, request, evaluation, { ...demand, least: all }, scratch);
  return full.total >= ENOUGH ? full : select(snapshot, request, evaluation, demand, scratch);
}

function clear(evaluation: Evaluation): void {
  const touched = evaluation.touchedStarts[evaluation.touchedStarts.length - 1];
  const documents = evaluation.bases[evaluation.bases.length - 1];
  scratch.clear(evaluation.slots, documents, touched, evaluation.hasBanned);
}

function demandOf(request: SearchRequest, evaluation: Evaluation, browse: boolean): Demand {
  const { groups } = evaluation;
  const required = groups.filter(({ plan }) => plan.required).map(({ slot }) => slot);
  const least = Math.max(1, Math.ceil(groups.length / 2));
  if (browse || request.sort === "relevance") return { least, required, browse };
  return { least: Math.max(1, mostMatched(evaluation, required, scratch)), required, browse };
}

function makeHits(
  request: SearchRequest,
  evaluation: Evaluation,
  scorer: Scorer,
  plans: readonly WordPlan[],
  places: readonly PagePlace[],
): SearchHit[] {
  const highlighter = new Highlighter(plans);
  return places.map(({ segment, doc, at }) => {
    const stored = readDocument(segment, doc);
    const hit: SearchHit = {
      ...stored,
      highlights: { title: highlighter.ranges(stored.title) },
      score: scorer.score(segment, doc, at),
    };
    if (request.explain)
      hit.explain = explain(evaluation.groups, segment, doc, at, scorer.parts(segment, doc, at));
    return hit;
  });
}

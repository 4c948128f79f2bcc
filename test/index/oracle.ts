import { alignmentDistances } from "./alignment.ts";
import type { Product } from "../../src/domain/product.ts";
import { analyseProduct, edgeTerm } from "../../src/index/analysis.ts";
import type { Analysis } from "../../src/index/analysis.ts";
import { parseQuery } from "../../src/index/query/parse.ts";
import type { ParsedQuery, Phrase } from "../../src/index/query/parse.ts";
import { planQuery } from "../../src/index/query/plan.ts";
import { withNeighbours } from "../../src/index/query/typos.ts";
import type { LiveTerms, WordPlan } from "../../src/index/query/word-plan.ts";
import {
  ENOUGH,
  BONUS,
  EXPANSION_WEIGHTS,
  impactOf,
  inverseDocumentFrequency,
  MAX_IMPACT,
  MAX_POPULARITY,
  popularityOf,
  prefixWeight,
  TIER,
} from "../../src/index/scoring.ts";
import type { Facet, FacetField, Filter, SearchRequest } from "../../src/index/types.ts";

interface Entry {
  product: Product;
  analysis: Analysis;
}

interface Match {
  /** Impact × weight. */
  value: number;
  /** In the title, -1 elsewhere. */
  position: number;
}

export interface OracleAnswer {
  total: number;
  hits: { id: string; score: number }[];
  facets: Partial<Record<FacetField, Facet>>;
  next: { key: number; id: string } | null;
}

/** A search by maps and loops over plain documents: slow, and with nothing of segments in it. */
export class Oracle implements LiveTerms {
  readonly #entries: Entry[];
  readonly #frequencies = new Map<string, number>();

  constructor(products: readonly Product[]) {
    this.#entries = products.map((product) => ({ product, analysis: analyseProduct(product) }));
    for (const { analysis } of this.#entries) {
      for (const term of analysis.terms.keys()) this.#frequencies.set(term, this.frequency(term) + 1);
    }
  }

  frequency(term: string): number {
    return this.#frequencies.get(term) ?? 0;
  }

  begins(prefix: string): boolean {
    return [...this.#frequencies.keys()].some((term) => term.startsWith(prefix));
  }

  beginning(prefix: string, limit: number): number {
    const words = this.#words().filter((term) => term.startsWith(prefix));
    return Math.min(
      limit,
      words.reduce((sum, term) => sum + this.frequency(term), 0),
    );
  }

  near(word: string, edits: number, prefix: boolean) {
    const found = [];
    for (const term of this.#words()) {
      const distances = alignmentDistances(word, term);
      const whole = distances[distances.length - 1];
      const begun = prefix ? Math.min(...distances.slice(1)) : Number.POSITIVE_INFINITY;
      const distance = Math.min(whole, begun);
      if (distance <= edits)
        found.push({ term, distance, whole: whole <= begun, frequency: this.frequency(term) });
    }
    return found.sort(
      (a, b) =>
        a.distance - b.distance ||
        Number(b.whole) - Number(a.whole) ||
        b.frequency - a.frequency ||
        (a.term < b.term ? -1 : 1),
    );
  }

  search(request: SearchRequest): OracleAnswer {
    const query = parseQuery(request.query);
    const plans = planQuery(query, this);
    let { groups, idfs, rows } = this.#evaluate(plans);
    if (!meets(rows, groups)) {
      const wider = withNeighbours(plans, this);
      const second = this.#evaluate(wider ?? plans);
      if (meets(second.rows, second.groups)) ({ groups, idfs, rows } = second);
    }
    const candidates = rows.filter(
      ({ entry, own }) =>
        !isExcluded(entry.analysis, query) && groups.every((plan, g) => !plan.required || own[g] !== null),
    );
    const most = Math.max(1, ...candidates.map(({ matched }) => matched));
    const least = request.sort === "relevance" ? Math.max(1, Math.ceil(groups.length / 2)) : most;
    const scored = (words: number) =>
      candidates
        .filter(({ matched }) => query.browse || matched >= words)
        .map(({ entry, own, matched }) => ({
          product: entry.product,
          score: scoreOf(entry, own, matched, groups, idfs, query),
        }));
    const full = page(request, scored(Math.max(1, groups.length)));
    return request.sort === "relevance" && full.total >= ENOUGH ? full : page(request, scored(least));
  }

  #evaluate(plans: readonly WordPlan[]) {
    const matches = this.#entries.map((entry) => plans.map((plan) => matchOf(entry.analysis, plan)));
    const counts = plans.map((_, word) => matches.filter((row) => row[word] !== null).length);
    const present = plans.map((_, word) => word).filter((word) => counts[word] > 0 || plans[word].required);
    const groups = present.map((word) => plans[word]);
    const idfs = present.map((word) => {
      const { primary } = plans[word];
      const own = primary === null ? 0 : this.frequency(primary);
      return inverseDocumentFrequency(this.#entries.length, own > 0 ? own : counts[word]);
    });
    const rows = this.#entries.map((entry, i) => {
      const own = present.map((word) => matches[i][word]);
      return { entry, own, matched: own.filter((match) => match !== null).length };
    });
    return { groups, idfs, rows };
  }

  #words(): string[] {
    return [...this.#frequencies.keys()].filter((term) => term >= "\u0002");
  }
}

function meets(rows: readonly { matched: number }[], groups: readonly WordPlan[]): boolean {
  return groups.length < 2 || rows.some(({ matched }) => matched === groups.length);
}

function matchOf(analysis: Analysis, plan: WordPlan): Match | null {
  let best: Match | null = null;
  const offer = (value: number, position: number): void => {
    const code = (match: Match): number => (match.position < 0 ? 0 : 255 - match.position);
    const match = { value, position };
    if (best === null || value > best.value || (value === best.value && code(match) > code(best)))
      best = match;
  };
  for (const { term, weight } of plan.expansions) {
    const entry = analysis.terms.get(term);
    if (entry !== undefined) offer(weight * impactOf(entry.weight), entry.titlePosition);
  }
  for (const [term, entry] of analysis.terms) {
    if (plan.prefix === null || !term.startsWith(plan.prefix)) continue;
    const weight = prefixWeight(
      new TextEncoder().encode(plan.prefix).length,
      new TextEncoder().encode(term).length,
    );
    offer(weight * impactOf(entry.weight), entry.titlePosition);
  }
  for (const [term, entry] of analysis.terms) {
    if (plan.edge === null || !term.startsWith(edgeTerm(plan.edge))) continue;
    offer(EXPANSION_WEIGHTS.edge * impactOf(entry.weight), entry.titlePosition);
  }
  for (const { phrase, weight } of plan.phrases) {
    const start = phraseStart(analysis, phrase);
    if (start < 0) continue;
    const entries = phrase.map(({ term }) => analysis.terms.get(term));
    const impact = Math.min(...entries.map((entry) => impactOf(entry?.weight ?? 0)));
    offer(weight * impact, entries[0]?.titlePosition === start ? start : -1);
  }
  return best;
}

function phraseStart(analysis: Analysis, phrase: Phrase): number {
  const lists = phrase.map(({ term }) => analysis.terms.get(term)?.positions ?? []);
  if (lists.length === 0) return -1;
  return lists[0].find((start) => phrase.every(({ offset }, i) => lists[i].includes(start + offset))) ?? -1;
}

function isExcluded(analysis: Analysis, query: ParsedQuery): boolean {
  return query.excluded.some(
    ({ terms, phrase }) =>
      terms.some((term) => analysis.terms.has(term)) ||
      (phrase !== null && phraseStart(analysis, phrase) >= 0),
  );
}

function scoreOf(
  entry: Entry,
  own: readonly (Match | null)[],
  matched: number,
  groups: readonly WordPlan[],
  idfs: readonly number[],
  query: ParsedQuery,
): number {
  let sum = matched * TIER;
  own.forEach((match, g) => (sum += (idfs[g] / (MAX_IMPACT * MAX_IMPACT)) * (match?.value ?? 0)));
  const adjacent = own.map((match, g) => {
    const before = own[g - 1];
    if (g === 0 || match === null || before === null || match.position < 0 || before.position < 0)
      return false;
    return match.position - before.position === groups[g].position - groups[g - 1].position;
  });
  const pairs = adjacent.filter(Boolean).length;
  sum += own.length < 2 ? 0 : (BONUS.proximity * pairs) / (own.length - 1);
  const begins = own.length > 0 && own[0]?.position === groups[0].position && pairs === own.length - 1;
  const equals = Math.min(255, entry.analysis.titleLength) === query.length;
  sum += begins ? (equals ? BONUS.begins + BONUS.equals : BONUS.begins) : 0;
  return sum + (BONUS.popularity * popularityOf(entry.product)) / MAX_POPULARITY;
}

interface Scored {
  product: Product;
  score: number;
}

function page(request: SearchRequest, scored: readonly Scored[]): OracleAnswer {
  const fields = [...new Set(request.filters.map(({ field }) => field))];
  const passes = (product: Product, but: string | null): boolean =>
    request.filters.every((filter) => filter.field === but || passesFilter(product, filter));
  const passing = scored.filter(({ product }) => passes(product, null));
  const keyed = passing.map((hit) => ({ ...hit, key: keyOf(request, hit) }));
  const sign = request.sort === "price" ? -1 : 1;
  keyed.sort((a, b) => (b.key - a.key) * sign || (a.product.id < b.product.id ? -1 : 1));
  const { after } = request;
  const rest = keyed.filter(
    ({ key, product }) =>
      after === null || key * sign < after.key * sign || (key === after.key && product.id > after.id),
  );
  const hits = rest.slice(0, request.limit);
  const last = hits[hits.length - 1];
  const facets: Partial<Record<FacetField, Facet>> = {};
  for (const field of request.facets) {
    const own = fields.includes(field) ? scored.filter(({ product }) => passes(product, field)) : passing;
    facets[field] = facetOf(
      field,
      own.map(({ product }) => product),
    );
  }
  return {
    total: passing.length,
    hits: hits.map(({ product, score }) => ({ id: product.id, score })),
    facets,
    next: rest.length > hits.length && last !== undefined ? { key: last.key, id: last.product.id } : null,
  };
}

function keyOf(request: SearchRequest, { product, score }: Scored): number {
  switch (request.sort) {
    case "relevance":
      return score;
    case "price":
      return product.price?.amount ?? Number.MAX_SAFE_INTEGER;
    case "-price":
      return product.price?.amount ?? -Number.MAX_SAFE_INTEGER;
    case "-rating":
      if (product.rating === null) return -Number.MAX_SAFE_INTEGER;
      return Math.round(product.rating * 1000) * 2 ** 32 + product.ratingCount;
    case "-updated_at":
      return product.updatedAt;
    default:
      return request.sort satisfies never;
  }
}

/** The texts a product has in a field. */
function valuesOf(product: Product, field: string): string[] {
  switch (field) {
    case "brand":
      return product.brand === null ? [] : [product.brand];
    case "org":
      return [product.orgId];
    case "in_stock":
      return [String(product.inStock)];
    case "category":
      return product.category.map((_, level) => product.category.slice(0, level + 1).join("/"));
    default: {
      const key = field.slice("attributes.".length);
      return Object.hasOwn(product.attributes, key) ? [String(product.attributes[key])] : [];
    }
  }
}

function numberOf(product: Product, field: string): number | null {
  if (field === "price") return product.price?.amount ?? null;
  if (field === "rating") return product.rating;
  const key = field.slice("attributes.".length);
  const value = Object.hasOwn(product.attributes, key) ? product.attributes[key] : null;
  return typeof value === "number" ? value : null;
}

function passesFilter(product: Product, filter: Filter): boolean {
  if ("range" in filter) {
    const value = numberOf(product, filter.field);
    const { min, max } = filter.range;
    return value !== null && (min === null || value >= min) && (max === null || value <= max);
  }
  if (filter.field === "price" || filter.field === "rating") {
    const value = numberOf(product, filter.field);
    return value !== null && filter.values.some((text) => Number(text) === value);
  }
  return valuesOf(product, filter.field).some((value) => filter.values.includes(value));
}

function facetOf(field: FacetField, products: readonly Product[]): Facet {
  if (field === "price" || field === "rating") {
    const numbers = products.map((product) => numberOf(product, field)).filter((value) => value !== null);
    if (numbers.length === 0) return { min: null, max: null };
    return { min: Math.min(...numbers), max: Math.max(...numbers) };
  }
  const counts = new Map<string, number>();
  for (const product of products) {
    for (const value of valuesOf(product, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, 50);
}

import { search } from "../search.ts";
import type { IndexSnapshot } from "../snapshot.ts";
import type { FacetField, Filter, SearchRequest } from "../types.ts";
import type { Properties } from "./fields.ts";
import { readFacet } from "./request.ts";

/** As Orama answers them. */
export interface OramaFacet {
  count: number;
  values: Record<string, number>;
}

interface FacetConfig {
  limit?: number;
  offset?: number;
  sort?: string;
  ranges?: readonly { from: number; to: number }[];
}

/** Whether a value lies within the filters on its own field: Orama counts hits, the index counts beside them. */
function passes(field: FacetField, value: string, filters: readonly Filter[]): boolean {
  return filters.every((filter) => {
    if (filter.field !== field || !("values" in filter)) return true;
    if (field !== "category") return filter.values.includes(value);
    return filter.values.some((path) => value === path || value.startsWith(`${path}/`));
  });
}

function countRanges(
  snapshot: IndexSnapshot,
  request: SearchRequest,
  field: FacetField,
  config: FacetConfig,
) {
  const { ranges = [] } = config;
  return ranges.map(({ from, to }): [string, number] => {
    const filters = [...request.filters, { field, range: { min: from, max: to } }];
    return [`${from}-${to}`, search(snapshot, { ...request, filters, limit: 1 }).total];
  });
}

function countValues(snapshot: IndexSnapshot, request: SearchRequest, field: FacetField): [string, number][] {
  const facet = search(snapshot, { ...request, facets: [field], limit: 1 }).facets[field];
  if (!Array.isArray(facet)) return [];
  return facet
    .filter(({ value }) => passes(field, value, request.filters))
    .map(({ value, count }): [string, number] => [value, count]);
}

function cut(
  counts: [string, number][],
  type: string,
  { limit, offset = 0, sort }: FacetConfig,
): [string, number][] {
  if (type !== "string") return counts;
  const sign = sort?.toLowerCase() === "asc" ? 1 : -1;
  return counts.toSorted((a, b) => sign * (a[1] - b[1])).slice(offset, limit ?? 10);
}

/** The facets of all hits of a request, as Orama shapes them: exact, of at most 50 values each. */
export function countFacets(
  properties: Properties,
  snapshot: IndexSnapshot,
  request: SearchRequest,
  configs: Readonly<Record<string, unknown>>,
): Record<string, OramaFacet> {
  const facets = Object.entries(configs).map(([path, config]): [string, OramaFacet] => {
    const field = readFacet(properties, path);
    const settings = (config ?? {}) as FacetConfig;
    const type = properties.get(path)?.type ?? "string";
    const numbers = type === "number";
    const counts = numbers
      ? countRanges(snapshot, request, field, settings)
      : countValues(snapshot, request, field);
    return [path, { count: counts.length, values: Object.fromEntries(cut(counts, type, settings)) }];
  });
  return Object.fromEntries(facets);
}

import type { FacetField, Filter, SearchRequest, Sort } from "../types.ts";
import { OramaIndexError } from "./fault.ts";
import { filterFieldOf } from "./fields.ts";
import type { Properties } from "./fields.ts";

/** The parameters of Orama's `search` that the index has no means for, and what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  groupBy: "count by a facet instead",
  boost: "the weights of the fields are the index's own",
  relevance: "the parameters of BM25F are the index's own",
};

/** The parts of `SearchParams` that are looked at here. */
export interface OramaParams {
  term?: string;
  mode?: string;
  properties?: "*" | readonly string[];
  threshold?: number;
  sortBy?: unknown;
  where?: object;
  exact?: boolean;
  facets?: Readonly<Record<string, unknown>>;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0)
  );
}

/** Throws for parameters that would be ignored: a search that looks narrower than it is misleads. */
export function checkParams(properties: Properties, params: OramaParams): void {
  if (params.mode !== undefined && params.mode !== "fulltext") {
    throw new OramaIndexError(
      "INVALID_SEARCH_MODE",
      `Cannot search in mode "${params.mode}": there are no vectors`,
    );
  }
  for (const [name, instead] of Object.entries(UNSUPPORTED)) {
    if (!isEmpty(Reflect.get(params, name))) {
      throw new OramaIndexError("UNSUPPORTED_PARAMETER", `Cannot search with "${name}": ${instead}`);
    }
  }
  if (typeof params.sortBy === "function") {
    throw new OramaIndexError("UNSUPPORTED_PARAMETER", "Cannot sort by a function: name a property");
  }
  const { threshold } = params;
  if (threshold !== undefined && threshold !== null && threshold !== 0 && threshold !== 1) {
    throw new OramaIndexError(
      "UNSUPPORTED_PARAMETER",
      `Cannot search with threshold ${threshold}: it takes 0 or 1`,
    );
  }
  checkSearched(properties, params.properties);
  for (const [path, config] of Object.entries(params.facets ?? {})) checkFacet(properties, path, config);
}

function checkFacet(properties: Properties, path: string, config: unknown): void {
  const field = readFacet(properties, path);
  const { ranges } = (config ?? {}) as { ranges?: unknown };
  if (properties.get(path)?.type === "number" && !Array.isArray(ranges)) {
    throw new OramaIndexError("FACET_NOT_SUPPORTED", `The facet "${field}" needs ranges`);
  }
}

function checkSearched(properties: Properties, named: OramaParams["properties"]): void {
  if (named === undefined || named === null || named === "*") return;
  const missing = [...properties.values()].filter(
    ({ path, type }) => type.startsWith("string") && !named.includes(path),
  );
  if (missing.length === 0) return;
  const paths = missing.map(({ path }) => `"${path}"`).join(", ");
  throw new OramaIndexError(
    "UNSUPPORTED_PARAMETER",
    `Cannot leave ${paths} out of a search: all text is searched`,
  );
}

/** Every word as it is typed, for `exact` and for `threshold: 0`. */
function quoted(term: string): string {
  const words = term.split(/[\s"“”„″]+/).filter((word) => word !== "");
  return words.map((word) => `"${word}"`).join(" ");
}

/** The request of a search by its words; every word must be there as typed where `strict`. */
export function toRequest(term: string, strict: boolean, filters: readonly Filter[]): SearchRequest {
  const query = strict ? quoted(term) : term;
  return { query, filters, facets: [], sort: "relevance", limit: 20, after: null, explain: false };
}

const SORTABLE: Readonly<Partial<Record<string, Readonly<Partial<Record<"ASC" | "DESC", Sort>>>>>> = {
  price: { ASC: "price", DESC: "-price" },
  rating: { DESC: "-rating" },
  updatedAt: { DESC: "-updated_at" },
};

/** The order of `sortBy`. Throws for a property or direction that the index cannot sort by. */
export function readSort(properties: Properties, property: string, order = "ASC"): Sort {
  const role = properties.get(property)?.role ?? "";
  const sort = SORTABLE[role]?.[order.toUpperCase() === "DESC" ? "DESC" : "ASC"];
  if (sort !== undefined) return sort;
  throw new OramaIndexError(
    "UNABLE_TO_SORT_ON_UNKNOWN_FIELD",
    `Unable to sort on "${property}" ${order}: it sorts by price, and by rating and updatedAt from the highest`,
  );
}

/** The index's field of a facet's property. */
export function readFacet(properties: Properties, path: string): FacetField {
  const property = properties.get(path);
  const field = property === undefined ? null : filterFieldOf(property);
  if (field !== null && field !== "org") return field;
  throw new OramaIndexError("FACET_NOT_SUPPORTED", `Cannot count by "${path}": it is no filterable property`);
}

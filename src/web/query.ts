import { currencyDigits } from "./price.ts";
import { formatFilter, mergeFilters, parseFilter, withFilter } from "./filters.ts";
import type { ShopFilter } from "./filters.ts";

export const SORT_CHOICES = [
  { value: "relevance", label: "Best match" },
  { value: "price", label: "Price: low to high" },
  { value: "-price", label: "Price: high to low" },
  { value: "-rating", label: "Best rated" },
  { value: "-updated_at", label: "Newest" },
] as const;
export type SortChoice = (typeof SORT_CHOICES)[number]["value"];

export const PAGE_SIZE = 24;
/** Attributes that many kinds of products share, so that shoppers narrow by them. */
export const ATTRIBUTE_FACETS = [
  { field: "attributes.color", title: "Color" },
  { field: "attributes.material", title: "Material" },
] as const;
export const FACETS = [
  "category",
  "brand",
  "price",
  "rating",
  "in_stock",
  ...ATTRIBUTE_FACETS.map((facet) => facet.field),
] as const;

/** What the shop's address says: the parameters of `GET /v1/search` that a shopper may change. */
export interface ShopQuery {
  q: string;
  filters: readonly ShopFilter[];
  sort: SortChoice;
  cursor: string | null;
}

/** Reads an address or a submitted form; what is not understood is left out, as a shopper would expect. */
export function parseQuery(params: URLSearchParams): ShopQuery {
  const wires = params.getAll("filter").map(parseFilter);
  const filters = mergeFilters(wires.filter((filter) => filter !== null));
  const sort = SORT_CHOICES.find((choice) => choice.value === params.get("sort"));
  return {
    q: (params.get("q") ?? "").trim(),
    filters: withTypedPrice(filters, params),
    sort: sort?.value ?? "relevance",
    cursor: params.get("cursor") || null,
  };
}

/** True where the parameters come from the form as such, and a shorter address says the same. */
export function isFormSubmission(params: URLSearchParams): boolean {
  return params.has("price_min") || params.has("price_max") || params.has("currency");
}

export function queryParams(query: ShopQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (query.q !== "") params.set("q", query.q);
  for (const filter of query.filters) params.append("filter", formatFilter(filter));
  if (query.sort !== "relevance") params.set("sort", query.sort);
  if (query.cursor !== null) params.set("cursor", query.cursor);
  return params;
}

export function queryHref(query: ShopQuery): string {
  const text = queryParams(query).toString();
  return text === "" ? "/" : `/?${text}`;
}

export function apiHref(query: ShopQuery): string {
  const params = queryParams(query);
  params.set("facets", FACETS.join(","));
  params.set("limit", String(PAGE_SIZE));
  return `/v1/search?${params.toString()}`;
}

/** The shop's front: nothing asked, nothing narrowed. */
export function isFront(query: ShopQuery): boolean {
  return query.q === "" && query.filters.length === 0 && query.cursor === null && query.sort === "relevance";
}

export function categoryHref(path: readonly string[]): string {
  return queryHref({
    q: "",
    filters: [{ field: "category", values: [path.join("/")] }],
    sort: "relevance",
    cursor: null,
  });
}

// The form takes prices in whole units of the currency it shows; addresses and the API take minor units.
function withTypedPrice(filters: ShopFilter[], params: URLSearchParams): ShopFilter[] {
  if (!params.has("price_min") && !params.has("price_max")) return filters;
  const scale = 10 ** currencyDigits(params.get("currency") ?? "USD");
  const bounds = [params.get("price_min"), params.get("price_max")].map((text) => minorUnits(text, scale));
  const [low = null, high = null] = bounds;
  if (low === null && high === null) return withFilter(filters, "price", null);
  const swapped = low !== null && high !== null && low > high;
  const [min, max] = swapped ? [high, low] : [low, high];
  return withFilter(filters, "price", { field: "price", min, max });
}

function minorUnits(text: string | null, scale: number): number | null {
  if (text === null || text.trim() === "") return null;
  const value = Number(text.trim().replace(",", "."));
  return Number.isFinite(value) && value >= 0 ? Math.round(value * scale) : null;
}

/** One filter of the shop: a field that has one of some values, or lies in a range (both ends included). */
export type ShopFilter =
  | { field: string; values: readonly string[] }
  | { field: string; min: number | null; max: number | null };

const RANGE = /^(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$/;

/** Reads the wire form (`brand:Acme,Other`, `price:1000..5000`); `null` where it has no field or no value. */
export function parseFilter(wire: string): ShopFilter | null {
  const colon = wire.indexOf(":");
  if (colon < 1) return null;
  const field = wire.slice(0, colon);
  const rest = wire.slice(colon + 1);
  const range = isRanged(field) ? RANGE.exec(rest) : null;
  if (range !== null) return { field, min: numberOrNull(range[1]), max: numberOrNull(range[2]) };
  const values = splitValues(rest);
  return values.length === 0 ? null : { field, values };
}

export function formatFilter(filter: ShopFilter): string {
  if ("values" in filter) return `${filter.field}:${filter.values.map(escapeValue).join(",")}`;
  return `${filter.field}:${filter.min ?? ""}..${filter.max ?? ""}`;
}

/**
 * Joins filters of one field, as the checkboxes of a form send them one by one: their values are alternatives. Sorted,
 * so that the same choice has one address, however it came about.
 */
export function mergeFilters(filters: readonly ShopFilter[]): ShopFilter[] {
  const merged = new Map<string, ShopFilter>();
  for (const filter of filters) {
    const known = merged.get(filter.field);
    if (known !== undefined && "values" in known && "values" in filter) {
      merged.set(filter.field, {
        field: filter.field,
        values: [...new Set([...known.values, ...filter.values])],
      });
    } else merged.set(filter.field, filter);
  }
  return [...merged.values()].map(sorted).toSorted((a, b) => (a.field < b.field ? -1 : 1));
}

export function valuesOf(filters: readonly ShopFilter[], field: string): readonly string[] {
  const found = filters.find((filter) => filter.field === field);
  return found !== undefined && "values" in found ? found.values : [];
}

export function rangeOf(
  filters: readonly ShopFilter[],
  field: string,
): { min: number | null; max: number | null } {
  const found = filters.find((filter) => filter.field === field);
  return found !== undefined && "min" in found ? found : { min: null, max: null };
}

/** The filters with `field` set anew; `null` takes it away. */
export function withFilter(
  filters: readonly ShopFilter[],
  field: string,
  next: ShopFilter | null,
): ShopFilter[] {
  const others = filters.filter((filter) => filter.field !== field);
  return next === null ? others : [...others, next];
}

export function withoutValue(filters: readonly ShopFilter[], field: string, value: string): ShopFilter[] {
  const values = valuesOf(filters, field).filter((known) => known !== value);
  return withFilter(filters, field, values.length === 0 ? null : { field, values });
}

function sorted(filter: ShopFilter): ShopFilter {
  return "values" in filter ? { field: filter.field, values: filter.values.toSorted() } : filter;
}

function isRanged(field: string): boolean {
  return field === "price" || field === "rating" || field.startsWith("attributes.");
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined || text === "" ? null : Number(text);
}

function splitValues(text: string): string[] {
  const parts = text.match(/(?:\\.|[^\\,])+/gs) ?? [];
  return parts.map((part) => part.replaceAll(/\\(.)/gs, "$1")).filter((part) => part !== "");
}

function escapeValue(value: string): string {
  return value.replaceAll(/[\\,]/g, "\\$&");
}

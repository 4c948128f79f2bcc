import { AppError, type FieldError } from "../../domain/errors.ts";
import type { FacetField, Filter, FilterField } from "../../index/types.ts";

const FIELDS = ["brand", "category", "org", "in_stock", "price", "rating"] as const;
const RANGED: readonly string[] = ["price", "rating"];
const RANGE = /^(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

export const FILTER_LIMITS = { filters: 20, values: 50, length: 1_000 } as const;

/**
 * Reads filters as they come: `brand:Acme,Other`, `price:1000..5000`, `in_stock:true`, `attributes.color:red`. A comma
 * within a value is written `\,` and a backslash `\\`. Throws `bad_filter` that names each bad one.
 */
export function parseFilters(texts: readonly string[]): Filter[] {
  const errors: FieldError[] = [];
  if (texts.length > FILTER_LIMITS.filters) {
    errors.push({ path: "filter", message: `At most ${FILTER_LIMITS.filters} filters are taken` });
  }
  const filters = texts.slice(0, FILTER_LIMITS.filters).flatMap((text, index) => {
    const parsed = parseFilter(text);
    if (typeof parsed !== "string") return [parsed];
    errors.push({ path: `filter[${index}]`, message: parsed });
    return [];
  });
  if (errors.length > 0)
    throw new AppError("bad_filter", { detail: errors.map((e) => e.message).join("; "), errors });
  return filters;
}

/** A filter, or what is wrong with it. */
function parseFilter(text: string): Filter | string {
  if (text.length > FILTER_LIMITS.length) return `A filter has at most ${FILTER_LIMITS.length} characters`;
  const colon = text.indexOf(":");
  if (colon < 1) return `"${clip(text)}" is not of the form field:value`;
  const field = filterField(text.slice(0, colon));
  if (field === null) return `"${clip(text.slice(0, colon))}" is no field to filter by: ${knownFields()}`;
  const value = text.slice(colon + 1);
  if (value === "") return `The filter "${field}" has no value`;
  const range = parseRange(field, value);
  if (range !== null) return range;
  const values = splitValues(value);
  if (values.length === 0) return `The filter "${field}" has no value`;
  if (values.length > FILTER_LIMITS.values)
    return `The filter "${field}" takes at most ${FILTER_LIMITS.values} values`;
  if (field === "in_stock" && !values.every((v) => v === "true" || v === "false")) {
    return `The filter "in_stock" takes true or false, not "${clip(value)}"`;
  }
  return { field, values };
}

/** A range, an error, or `null` where the value is none: attributes take both, price and rating only numbers. */
function parseRange(field: FilterField, value: string): Filter | string | null {
  const ranged = RANGED.includes(field);
  if (!ranged && !field.startsWith("attributes.")) return null;
  const match = RANGE.exec(value);
  if (match !== null && value !== "..") {
    const [min, max] = [match[1], match[2]].map((end) => (end === undefined ? null : Number(end)));
    if (min !== null && max !== null && min > max)
      return `The range "${clip(value)}" of "${field}" is upside down`;
    return { field, range: { min, max } };
  }
  if (!ranged) return null;
  if (!NUMBER.test(value))
    return `The filter "${field}" takes a number or a range such as 1000..5000, not "${clip(value)}"`;
  return { field, range: { min: Number(value), max: Number(value) } };
}

/** Reads `brand,category,price,attributes.color`; throws `bad_filter` for an unknown field. */
export function parseFacets(names: readonly string[]): FacetField[] {
  const unknown = names.filter((name) => filterField(name) === null || name === "org");
  if (unknown.length > 0 || names.length > FILTER_LIMITS.filters) {
    const message =
      unknown.length > 0 ? `"${clip(unknown[0])}" is no facet: ${knownFields()}` : "Too many facets";
    throw new AppError("bad_filter", { detail: message, errors: [{ path: "facets", message }] });
  }
  return [...new Set(names)].flatMap((name) => {
    const field = filterField(name);
    return field === null || field === "org" ? [] : [field];
  });
}

function filterField(name: string): FilterField | null {
  const known = FIELDS.find((field) => field === name);
  if (known !== undefined) return known;
  return name.startsWith("attributes.") && name.length > "attributes.".length
    ? `attributes.${name.slice(11)}`
    : null;
}

function splitValues(text: string): string[] {
  const values: string[] = [""];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === ",") values.push("");
    else values[values.length - 1] += char === "\\" && at + 1 < text.length ? text[++at] : char;
  }
  return values.filter((value) => value !== "");
}

function knownFields(): string {
  return `${FIELDS.join(", ")}, attributes.<name>`;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

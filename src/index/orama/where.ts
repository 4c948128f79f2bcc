import type { Filter } from "../types.ts";
import { OramaIndexError } from "./fault.ts";
import { filterFieldOf } from "./fields.ts";
import type { Properties, Property } from "./fields.ts";

type Conditions = Readonly<Record<string, unknown>>;

function unsupported(path: string, operation: string, takes: string): OramaIndexError {
  return new OramaIndexError(
    "INVALID_FILTER_OPERATION",
    `Cannot filter "${path}" by "${operation}": it takes ${takes}`,
  );
}

/** The next double above `value` (or below, for `direction` -1): makes an open end of a range a closed one. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(value > 0 ? direction : -direction));
  return view.getFloat64(0);
}

function rangeOf(
  path: string,
  operation: string,
  value: unknown,
): { min: number | null; max: number | null } {
  const takes = "gt, gte, lt, lte, eq (a number) or between (two numbers)";
  if (operation === "between" && Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)) {
    return { min: value[0], max: value[1] };
  }
  if (typeof value !== "number" || Number.isNaN(value)) throw unsupported(path, operation, takes);
  switch (operation) {
    case "eq":
      return { min: value, max: value };
    case "gte":
      return { min: value, max: null };
    case "gt":
      return { min: neighbour(value, 1), max: null };
    case "lte":
      return { min: null, max: value };
    case "lt":
      return { min: null, max: neighbour(value, -1) };
    default:
      throw unsupported(path, operation, takes);
  }
}

function textsOf(path: string, condition: unknown): string[] {
  const takes = "a value, several values, eq, in or containsAny";
  const value =
    typeof condition === "object" && !Array.isArray(condition) ? only(path, condition)[1] : condition;
  const operation = condition === value ? "eq" : only(path, condition)[0];
  if (!["eq", "in", "containsAny"].includes(operation)) throw unsupported(path, operation, takes);
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((one) => ["string", "number", "boolean"].includes(typeof one))) {
    throw unsupported(path, operation, takes);
  }
  return values.map(String);
}

function only(path: string, condition: unknown): [operation: string, value: unknown] {
  const operations = Object.entries(condition ?? {});
  if (operations.length === 1) return operations[0];
  throw new OramaIndexError(
    "INVALID_FILTER_OPERATION",
    `You can only use one operation per filter, you requested ${operations.length} on "${path}".`,
  );
}

function filterOf(property: Property, condition: unknown): Filter {
  const { path, type } = property;
  const field = filterFieldOf(property);
  if (field === null) {
    throw new OramaIndexError("INVALID_FILTER_OPERATION", `Cannot filter "${path}": it is only searched`);
  }
  if (type !== "number") return { field, values: textsOf(path, condition) };
  return { field, range: rangeOf(path, ...only(path, condition)) };
}

/** Orama's `where` as filters, all of which must hold. Throws for what the index has no filter for (`or`, `not`). */
export function readWhere(properties: Properties, where: Conditions): Filter[] {
  return Object.entries(where).flatMap(([path, condition]) => {
    if (path === "and" && Array.isArray(condition)) {
      return condition.flatMap((one: Conditions) => readWhere(properties, one));
    }
    const property = properties.get(path);
    if (property !== undefined) return [filterOf(property, condition)];
    if (path === "or" || path === "not") {
      throw new OramaIndexError(
        "INVALID_FILTER_OPERATION",
        `Cannot filter by "${path}": filters are joined by and`,
      );
    }
    throw new OramaIndexError("UNKNOWN_FILTER_PROPERTY", `Unknown filter property "${path}".`);
  });
}

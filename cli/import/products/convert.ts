import * as kinds from "../kinds.ts";
import { ADDED_BY_SERVICE, TARGETS, type Mapping, type Source, type Target } from "./mapping.ts";
import type { Convert, Converted } from "../kind.ts";
import { isDeep, type Refusal } from "../reading/record.ts";

export interface ConvertOptions {
  mapping: Mapping;
  /** Columns to pass over; `true` for all unknown ones. */
  ignore: ReadonlySet<string> | true;
}

type Row = Readonly<Record<string, unknown>>;

/** A function from one record to a product in the API's form. What it lacks, the service judges. */
export function converter({ mapping, ignore }: ConvertOptions): Convert {
  const known = new Set<string>([...TARGETS, ...ADDED_BY_SERVICE]);
  const plan: [Target, Source][] = TARGETS.map((target) => [
    target,
    mapping.get(target) ?? { from: "column", column: target, kind: null },
  ]);
  for (const [target, source] of mapping) {
    if (source.from === "column") known.add(source.column);
    if (target.startsWith("attributes.")) plan.push([target, source]);
  }
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return refuse("not_an_object", `${kinds.shown(value)} is not an object`);
    }
    const row = value as Row;
    const strange =
      ignore === true ? [] : Object.keys(row).filter((name) => !known.has(name) && !ignore.has(name));
    if (strange.length > 0) {
      const detail = `Unknown column${strange.length > 1 ? "s" : ""} ${strange.map(kinds.shown).join(", ")}`;
      return { ...refuse("unknown_column", detail), unknown: strange };
    }
    return build(row, plan);
  };
}

function refuse(code: string, detail: string): { refusal: Refusal } {
  return { refusal: { code, detail } };
}

function build(row: Row, plan: readonly [Target, Source][]): Converted {
  const product: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  const currency = currencyOf(row, plan);
  for (const [target, source] of plan) {
    if (target === "currency" || source.from === "nothing") continue;
    const value = valueOf(row, source);
    if (kinds.isMissing(value)) continue;
    const kind = source.from === "column" ? source.kind : null;
    try {
      if (target === "attributes") copyOwn(attributes, toAttributes(value));
      else if (target.startsWith("attributes."))
        setOwn(attributes, target.slice(11), toAttribute(value, kind));
      else product[target] = convert(target, value, kind, currency);
    } catch (error) {
      if (!(error instanceof kinds.ValueError)) throw error;
      return refuse("bad_value", `${target}: ${error.message}`);
    }
  }
  if (Object.keys(attributes).length > 0) product.attributes = attributes;
  return { value: product };
}

function valueOf(row: Row, source: Source): unknown {
  if (source.from === "constant") return source.value;
  return source.from === "column" && Object.hasOwn(row, source.column) ? row[source.column] : undefined;
}

function currencyOf(row: Row, plan: readonly [Target, Source][]): unknown {
  const source = plan.find(([target]) => target === "currency")?.[1];
  return source === undefined ? undefined : valueOf(row, source);
}

function convert(target: Target, value: unknown, kind: kinds.Kind | null, currency: unknown): unknown {
  switch (target) {
    case "price":
      return toPrice(value, kind, currency);
    case "category":
      if (kind?.name === "split") return kinds.toList(value, kind.separator);
      return Array.isArray(value) ? value : [kinds.toText(value)];
    case "rating":
    case "rating_count":
      return kinds.toNumber(value);
    case "in_stock":
      return kinds.toBoolean(value);
    default:
      return toPlainText(value, kind);
  }
}

function toPlainText(value: unknown, kind: kinds.Kind | null): string {
  switch (kind?.name) {
    case "join":
      return kinds.toList(value, ",").join(kind.separator);
    case "url":
      return kinds.toUrl(value, kind.base);
    default:
      return kinds.toText(value);
  }
}

/** A bare number is refused: whether 1999 is 19.99 or 1,999.00 must be said, not guessed. */
function toPrice(value: unknown, kind: kinds.Kind | null, currency: unknown): unknown {
  if (typeof value === "object") return value;
  if (kind?.name !== "cents" && kind?.name !== "decimal") {
    throw new kinds.ValueError(`is it cents or decimal? Map it: --map price=COLUMN:cents (or :decimal)`);
  }
  if (typeof currency !== "string" || currency === "") {
    throw new kinds.ValueError("there is no currency: map one, for example --map currency=USD");
  }
  const amount = kind.name === "cents" ? kinds.toCents(value) : kinds.decimalToMinor(value, currency);
  return { amount, currency };
}

function toAttributes(value: unknown): object {
  const parsed = typeof value === "string" ? parseObject(value) : value;
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new kinds.ValueError(`${kinds.shown(value)} is not an object`);
}

function parseObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeep(value) ? null : value;
  } catch {
    return null;
  }
}

function toAttribute(value: unknown, kind: kinds.Kind | null): string | number | boolean {
  switch (kind?.name) {
    case "number":
    case "cents":
    case "decimal":
      return kinds.toNumber(value);
    case "boolean":
      return kinds.toBoolean(value);
    case "join":
    case "url":
    case "text":
      return toPlainText(value, kind);
    default:
      return typeof value === "number" || typeof value === "boolean" ? value : kinds.toText(value);
  }
}

function copyOwn(object: Record<string, unknown>, from: object): void {
  for (const [name, value] of Object.entries(from)) setOwn(object, name, value);
}

/** A plain assignment would take `__proto__` for the object's prototype, and lose it silently. */
function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

import { hash } from "node:crypto";
import { fieldOf, type Columns, type Row } from "../columns.ts";
import type { Convert, Converted } from "../kind.ts";
import { shown, toText, ValueError } from "../kinds.ts";
import type { FieldSource } from "../source.ts";
import { typeOf, type TypeMap } from "./fields.ts";
import { readMoment } from "./moment.ts";
import type { Retention } from "./retention.ts";

export interface EventOptions {
  columns: Columns;
  types: TypeMap;
  /** Times without a zone are in UTC. */
  utc: boolean;
  /** Older events are refused; `null` where that is left to the service. */
  retention: Retention | null;
  /** Added to every time, in milliseconds. */
  shiftMs: number;
}

type Sources = ReadonlyMap<string, FieldSource>;

/** The type is no word of ours, and the call says nothing of it. */
class UnknownType extends Error {
  override readonly name = "UnknownType";
}

/** A function from one record to an event in the API's form, with an id of its content and place where it has none. */
export function eventConverter(options: EventOptions): Convert {
  return (value, line) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return refuse("not_an_object", `${shown(value)} is not an object`);
    }
    const row = value as Row;
    try {
      const { at, ...event } = build(row, line, options);
      const { retention } = options;
      if (retention === null || at >= retention.since) return { value: { ...event, at: instant(at) } };
      return refuse("too_old", `${instant(at)} is longer ago than the ${retention.days} days that are kept`);
    } catch (error) {
      if (error instanceof ValueError) return refuse("bad_value", error.message);
      if (!(error instanceof UnknownType)) throw error;
      const detail = `type: ${shown(error.message)} is none of ours: --type-map '${error.message}=activity'`;
      return { ...refuse("unknown_type", detail), unknown: [error.message] };
    }
  };
}

function refuse(code: string, detail: string): Converted & { refusal: object } {
  return { refusal: { code, detail } };
}

/** An event's fields, `at` in milliseconds since the epoch. */
function build(row: Row, line: number, options: EventOptions): Record<string, unknown> & { at: number } {
  const sources = options.columns.of(row);
  const id = fieldOf(row, sources.get("id"));
  const word = textOf(row, sources, "type");
  const type = typeOf(word, options.types);
  if (type === null) throw new UnknownType(word);
  const at = named("at", () => readMoment(required(row, sources, "at"), options)) + options.shiftMs;
  const event: Record<string, unknown> & { at: number } = {
    id: id === undefined ? idOf(row, line) : named("id", () => toText(id)),
    type: type.type,
    user_id: textOf(row, sources, "user_id"),
    at,
  };
  const path = fieldOf(row, sources.get("path"));
  if (path !== undefined) event.path = named("path", () => toPath(toText(path)));
  for (const field of ["referrer", "user_name", "user_agent"]) {
    const value = fieldOf(row, sources.get(field));
    if (value !== undefined) event[field] = named(field, () => toText(value));
  }
  const properties = propertiesOf(row, sources, type.foreign ? word : null);
  if (properties !== null) event.properties = properties;
  return event;
}

/** The same line at the same place is the same event, however often the file is imported. */
function idOf(row: Row, line: number): string {
  return `line-${line}-${hash("sha256", `${line}\n${JSON.stringify(row)}`).slice(0, 24)}`;
}

function instant(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) throw new ValueError("at: out of the range of times");
  return date.toISOString();
}

/** The path of an address; anything else as it is, under the root. */
function toPath(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).pathname;
  return text.startsWith("/") ? text : `/${text}`;
}

/** The object of the field, single ones mapped, and the type's own word where ours says less. */
function propertiesOf(row: Row, sources: Sources, word: string | null): Record<string, unknown> | null {
  const given = fieldOf(row, sources.get("properties"));
  const all: [string, unknown][] = given === undefined ? [] : Object.entries(toObject(given));
  if (word !== null) all.unshift(["type", word]);
  for (const [field, source] of sources) {
    const value = field.startsWith("properties.") ? fieldOf(row, source) : undefined;
    if (value !== undefined) all.push([field.slice("properties.".length), value]);
  }
  // From entries: an assignment would take `__proto__` for the prototype.
  return all.length === 0 ? null : Object.fromEntries(all);
}

function toObject(value: unknown): object {
  const parsed = typeof value === "string" ? parsedOrNull(value) : value;
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new ValueError(`properties: ${shown(value)} is not an object`);
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function textOf(row: Row, sources: Sources, field: string): string {
  return named(field, () => toText(required(row, sources, field)));
}

function required(row: Row, sources: Sources, field: string): unknown {
  const value = fieldOf(row, sources.get(field));
  if (value !== undefined) return value;
  if (sources.has(field)) throw new ValueError("there is none");
  const columns = Object.keys(row).map(shown).join(", ");
  throw new ValueError(`no column is known for it: --map ${field}=COLUMN (there are ${columns})`);
}

/** What `read` answers, with the field's name before what it refuses. */
function named<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ValueError ? new ValueError(`${field}: ${error.message}`) : error;
  }
}

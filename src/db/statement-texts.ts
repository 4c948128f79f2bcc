import type { InValue } from "@libsql/client";
import { Placeholder } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";

/** What a builder of statements puts into one: a value, or with `sql.placeholder` the name of one. */
export type Value = string | number | Placeholder;

/** A statement as the client takes it. */
export interface Statement {
  sql: string;
  args: InValue[];
}

interface Text {
  sql: string;
  params: readonly unknown[];
}

/**
 * Statements of few shapes that differ in their values alone: each shape's text is built at its first use, and kept,
 * which costs more than a page's rows. A shape is never made of values, so there are as many texts as the code has.
 */
export class StatementTexts {
  readonly #texts = new Map<string, Text>();

  /** `build` gives the shape's statement, with placeholders for what `values` has by name. */
  of(shape: string, build: () => SQL, values: Readonly<Record<string, InValue | undefined>>): Statement {
    const text = this.#texts.get(shape) ?? this.#keep(shape, build());
    return { sql: text.sql, args: text.params.map((param) => argOf(param, values)) };
  }

  #keep(shape: string, statement: SQL): Text {
    const text = numbered(new SQLiteAsyncDialect().sqlToQuery(statement));
    this.#texts.set(shape, text);
    return text;
  }
}

const QUOTED_OR_PLACE = /'(?:[^']|'')*'|"[^"]*"|\?/g;

/** Each value once, however often the statement names it: a page of the feed names its viewer thirty times. */
function numbered({ sql, params }: Text): Text {
  const distinct: unknown[] = [];
  let place = 0;
  const text = sql.replaceAll(QUOTED_OR_PLACE, (found) => {
    if (found !== "?") return found;
    const param = params[place++];
    const known = distinct.findIndex((other) => isSame(other, param));
    return `?${known < 0 ? distinct.push(param) : known + 1}`;
  });
  return { sql: text, params: distinct };
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Placeholder && other instanceof Placeholder) return one.name === other.name;
  return one === other;
}

function argOf(param: unknown, values: Readonly<Record<string, InValue | undefined>>): InValue {
  // Sound: what is no placeholder is a constant of the statement, which drizzle gives as it was written.
  if (!(param instanceof Placeholder)) return param as InValue;
  const value = values[String(param.name)];
  if (value === undefined) throw new Error(`The statement's ${String(param.name)} is not given`);
  return value;
}

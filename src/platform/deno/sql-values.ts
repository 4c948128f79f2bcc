import { Buffer } from "node:buffer";
import { LibsqlError } from "@libsql/client";
import type { InArgs, InValue, Row, Value } from "@libsql/client";
import Database from "libsql";

/** What the embedded engine takes and gives; `bigint` for integers, as it gives them. */
export type EngineValue = null | number | bigint | string | Buffer;
export type EngineArgs = EngineValue[] | Record<string, EngineValue>;

const INTEGER_BITS = 64;

function engineValueOf(value: InValue): EngineValue {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw new RangeError("Only finite numbers (not Infinity or NaN) can be passed as arguments");
  }
  if (typeof value === "bigint") {
    if (BigInt.asIntN(INTEGER_BITS, value) === value) return value;
    throw new RangeError("A bigint of more than 64 bits cannot be passed as an argument");
  }
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.valueOf();
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError("undefined cannot be passed as an argument to the database");
}

/** Arguments as the engine takes them; names without the sign that a statement writes before them. */
export function engineArgsOf(args: InArgs | undefined): EngineArgs {
  if (args === undefined) return [];
  if (Array.isArray(args)) return args.map(engineValueOf);
  const named = Object.entries(args).map(
    ([name, value]) => [name.replace(/^[@$:]/, ""), engineValueOf(value)] as const,
  );
  return Object.fromEntries(named);
}

function valueOf(value: EngineValue): Value {
  if (typeof value === "bigint") {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new RangeError("An integer was read that a JavaScript number cannot hold");
  }
  // Whole: the engine gives each value memory of its own.
  return value !== null && typeof value === "object" ? (value.buffer as ArrayBuffer) : value;
}

/** Makes a `Row` of the values of one. */
export type RowMaker = (values: readonly EngineValue[]) => Row;

/**
 * Rows as the client has them: enumerable by name, and by place and `length` without being enumerated. What is not the
 * row's own data stands in the prototype of the statement's rows, for defining it on each costs more than reading it.
 */
export function rowMaker(columns: readonly string[]): RowMaker {
  const isPlain =
    new Set(columns).size === columns.length &&
    columns.every((name) => !/^(?:\d+|length|__proto__)$/.test(name));
  if (!isPlain) return (values) => definedRow(columns, values);
  const places = columns.map((name, i) => [
    i,
    {
      get(this: Row) {
        return this[name];
      },
    },
  ]);
  const shape: object = Object.create(Object.prototype, {
    length: { value: columns.length },
    ...Object.fromEntries(places),
  });
  return (values) => {
    const row = Object.create(shape) as Row;
    for (let i = 0; i < columns.length; i++) row[columns[i]] = valueOf(values[i]);
    return row;
  };
}

/** Of columns that share a name the first has it; all have their places. */
function definedRow(columns: readonly string[], values: readonly EngineValue[]): Row {
  const row: object = {};
  Object.defineProperty(row, "length", { value: values.length });
  for (const [i, value] of values.entries()) {
    const read = valueOf(value);
    Object.defineProperty(row, i, { value: read });
    if (!Object.hasOwn(row, columns[i]))
      Object.defineProperty(row, columns[i], { value: read, enumerable: true });
  }
  return row as Row;
}

/** An error of the engine as the client has it: `code` is the basic one, as `SQLITE_CONSTRAINT`. */
export function clientErrorOf(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { message, code, rawCode } = error as Error & { code: string; rawCode?: number };
  const [basic = "SQLITE_UNKNOWN"] = /^SQLITE_[A-Z]+/.exec(code) ?? [];
  return new LibsqlError(message, basic, code, rawCode, error);
}

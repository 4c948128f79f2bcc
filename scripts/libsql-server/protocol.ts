/** The part of Hrana over HTTP (version 2, JSON) that libSQL clients speak: https://github.com/tursodatabase/libsql/blob/main/docs/HRANA_3_SPEC.md */

export type WireValue =
  | { type: "null" }
  | { type: "integer"; value: string }
  | { type: "float"; value: number }
  | { type: "text"; value: string }
  | { type: "blob"; base64: string };

export type SqlValue = null | bigint | number | string | Uint8Array;

export interface WireStatement {
  sql?: string | null;
  sql_id?: number | null;
  args?: WireValue[];
  named_args?: { name: string; value: WireValue }[];
  want_rows?: boolean;
}

export type WireCondition =
  | { type: "ok" | "error"; step: number }
  | { type: "not"; cond: WireCondition }
  | { type: "and" | "or"; conds: WireCondition[] }
  | { type: "is_autocommit" };

export interface WireBatch {
  steps: { stmt: WireStatement; condition?: WireCondition | null }[];
}

export type StreamRequest =
  | { type: "execute"; stmt: WireStatement }
  | { type: "batch"; batch: WireBatch }
  | { type: "sequence" | "describe"; sql?: string | null; sql_id?: number | null }
  | { type: "store_sql"; sql_id: number; sql: string }
  | { type: "close_sql"; sql_id: number }
  | { type: "get_autocommit" | "close" };

export interface PipelineBody {
  baton?: string | null;
  requests: StreamRequest[];
}

export interface WireResult {
  cols: { name: string; decltype: string | null }[];
  rows: WireValue[][];
  affected_row_count: number;
  last_insert_rowid: string | null;
  rows_read: number;
  rows_written: number;
}

export interface WireError {
  message: string;
  code: string;
}

/** A request that is wrong by itself, not by what the database says to it. */
export class HranaError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

export function decodeValue(value: WireValue): SqlValue {
  switch (value.type) {
    case "null":
      return null;
    case "integer":
      return BigInt(value.value);
    case "float":
    case "text":
      return value.value;
    case "blob":
      return Buffer.from(value.base64, "base64");
    default:
      value satisfies never;
      throw new HranaError("The argument is of no known type", "ARGS_INVALID");
  }
}

export function encodeValue(value: SqlValue): WireValue {
  if (value === null) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer", value: value.toString() };
  if (typeof value === "number") return { type: "float", value };
  if (typeof value === "string") return { type: "text", value };
  const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  return { type: "blob", base64: base64.replace(/=+$/, "") };
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "SQLITE_UNKNOWN";
  return typeof error.code === "string" ? error.code : "SQLITE_UNKNOWN";
}

/** Whether another connection's lock is the reason, so that the statement may succeed once it is gone. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)$/.test(codeOf(error));
}

/** `isBusy`, or a snapshot too old to write on, which no waiting makes new. */
export function isOfBusyKind(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/.test(codeOf(error));
}

/** Errors as sqld words them: the primary code, and the engine's message behind a fixed prefix. */
export function encodeError(error: unknown): WireError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HranaError) return { message, code: error.code };
  const code = codeOf(error);
  if (code === "SQLITE_OK")
    return { message: "SQL string does not contain any statement", code: "SQL_NO_STATEMENT" };
  if (code === "SQLITE_ERROR" && /syntax error|no such|incomplete input|unrecognized token/.test(message)) {
    return { message: `SQL input error: ${message}`, code: "SQL_INPUT_ERROR" };
  }
  const [primary] = /^SQLITE_(?:CONSTRAINT|BUSY|LOCKED|READONLY|IOERR|CORRUPT|CANTOPEN)/.exec(code) ?? [code];
  return { message: `SQLite error: ${message}`, code: primary };
}

import type { Log, LogFields } from "../../ports/log.ts";

export type LogLevel = "info" | "warn" | "error";

export interface LogLine extends Record<string, unknown> {
  level: LogLevel;
  event: string;
}

type Write = (level: LogLevel, event: string, fields: LogFields) => void;

class FieldsLog implements Log {
  readonly #write: Write;
  readonly #fields: LogFields;

  constructor(write: Write, fields: LogFields) {
    this.#write = write;
    this.#fields = fields;
  }

  info(event: string, fields?: LogFields): void {
    this.#line("info", event, fields);
  }

  warn(event: string, fields?: LogFields): void {
    this.#line("warn", event, fields);
  }

  error(event: string, fields?: LogFields): void {
    this.#line("error", event, fields);
  }

  with(fields: LogFields): Log {
    return new FieldsLog(this.#write, { ...this.#fields, ...fields });
  }

  #line(level: LogLevel, event: string, fields?: LogFields): void {
    this.#write(level, event, fields === undefined ? this.#fields : { ...this.#fields, ...fields });
  }
}

/** Lines kept in memory, to be asserted on. */
export class MemoryLog extends FieldsLog {
  readonly lines: LogLine[];

  constructor() {
    const lines: LogLine[] = [];
    super((level, event, fields) => lines.push({ ...fields, level, event }), {});
    this.lines = lines;
  }
}

/** One JSON object a line, through `print`. */
export function createJsonLog(print: (line: string, level: LogLevel) => void, now: () => number): Log {
  return new FieldsLog((level, event, fields) => {
    const head = { time: new Date(now()).toISOString(), level, event };
    print(toJson(head, fields), level);
  }, {});
}

/** A log line must never fail the request it tells of: errors and bigints become text, a cycle a remark. */
function toJson(head: LogFields, fields: LogFields): string {
  try {
    const line = { ...head, ...fields };
    // A replacer is called for each field, and would cost the line of a request several times as much.
    return Object.values(line).every(isPlain) ? JSON.stringify(line) : JSON.stringify(line, replaced);
  } catch (error) {
    return JSON.stringify({ ...head, unloggable: String(error) });
  }
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || (typeof value !== "object" && typeof value !== "bigint");
}

function replaced(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return value instanceof Error ? plainError(value) : value;
}

function plainError(error: Error): LogFields {
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause }) };
}

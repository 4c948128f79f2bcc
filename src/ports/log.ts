export type LogFields = Readonly<Record<string, unknown>>;

/** Structured logs, one JSON object a line. Never throws. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A logger whose every line carries `fields`. */
  with(fields: LogFields): Log;
}

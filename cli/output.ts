import type { Invocation } from "./command.ts";

/** Rows as aligned columns, or as one JSON array with `--json`. */
export function printRows(
  invocation: Invocation,
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[],
): void {
  if (invocation.flag("json")) {
    invocation.out(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  if (rows.length === 0) {
    invocation.out("None.\n");
    return;
  }
  const cells = rows.map((row) => columns.map((column) => cell(row[column])));
  const heads = columns.map((column) => column.toUpperCase().replaceAll("_", " "));
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at].length)));
  for (const row of [heads, ...cells]) {
    invocation.out(
      `${row
        .map((text, at) => text.padEnd(widths[at]))
        .join("  ")
        .trimEnd()}\n`,
    );
  }
}

/** One object as `name  value` lines, or as JSON with `--json`. */
export function printFields(invocation: Invocation, fields: Readonly<Record<string, unknown>>): void {
  if (invocation.flag("json")) {
    invocation.out(`${JSON.stringify(fields, null, 2)}\n`);
    return;
  }
  const width = Math.max(...Object.keys(fields).map((name) => name.length));
  for (const [name, value] of Object.entries(fields))
    invocation.out(`${name.padEnd(width)}  ${cell(value)}\n`);
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.map(cell).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** 166927 → "166,927". */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** 75 → "1 min 15 s". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const whole = Math.round(seconds);
  if (whole < 60) return seconds < 10 ? `${seconds.toFixed(1)} s` : `${whole} s`;
  return whole < 3_600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${(whole / 3_600).toFixed(1)} h`;
}

import type { Client, InStatement, InValue, ResultSet } from "@libsql/client";
import { schemaOf, tablesOf, type Reader } from "./database.ts";

/** Of one page, which is all that memory holds. */
const PAGE_ROWS = 500;
/** Of one statement. */
const MAX_VALUES = 500;

export interface CopyOptions {
  signal: AbortSignal;
  onRows: (rows: number) => void;
}

/** Where a table's rows are read on from: the expressions of its key. */
interface TableShape {
  table: string;
  columns: readonly string[];
  key: readonly string[];
}

/**
 * Makes an empty database the same as another: tables, then their rows by key, page after page, then indexes and triggers,
 * which would slow the rows down or act on them. Foreign keys are not looked at on the way.
 */
export async function copyRows(from: Reader, to: Client, options: CopyOptions): Promise<void> {
  const parts = await schemaOf(from);
  const statementsOf = (wanted: boolean): string[] =>
    parts.filter(({ type }) => (type === "table") === wanted).map(({ sql }) => sql);
  await to.migrate(statementsOf(true));
  for (const table of await tablesOf(from)) await copyTable(from, to, await shapeOf(from, table), options);
  await copySequences(from, to);
  await to.migrate(statementsOf(false));
}

async function shapeOf(reader: Reader, table: string): Promise<TableShape> {
  const info = await reader.execute(
    `SELECT name, pk FROM pragma_table_xinfo('${table}') WHERE hidden = 0 ORDER BY cid`,
  );
  const kind = await reader.execute(
    `SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = '${table}'`,
  );
  const columns = info.rows.map(({ name }) => String(name));
  if (Number(kind.rows[0].wr) === 0) return { table, columns, key: ["_rowid_"] };
  const key = info.rows.filter(({ pk }) => Number(pk) > 0).toSorted((a, b) => Number(a.pk) - Number(b.pk));
  return { table, columns, key: key.map(({ name }) => `"${String(name)}"`) };
}

async function copyTable(from: Reader, to: Client, shape: TableShape, options: CopyOptions): Promise<void> {
  const width = shape.key.length;
  for (let after: InValue[] | null = null; ;) {
    options.signal.throwIfAborted();
    const page: ResultSet = await from.execute(pageQuery(shape, after));
    if (page.rows.length === 0) return;
    const rows = page.rows.map((row) => Array.from({ length: row.length }, (_, i) => row[i]));
    await to.migrate(
      insertsOf(
        shape,
        rows.map((row) => row.slice(width)),
      ),
    );
    options.onRows(rows.length);
    after = rows[rows.length - 1].slice(0, width);
    if (rows.length < PAGE_ROWS) return;
  }
}

function pageQuery({ table, columns, key }: TableShape, after: InValue[] | null): InStatement {
  const names = columns.map((name) => `"${name}"`).join(", ");
  const order = key.join(", ");
  const where = after === null ? "" : `WHERE (${order}) > (${key.map(() => "?").join(", ")})`;
  const sql = `SELECT ${order}, ${names} FROM "${table}" ${where} ORDER BY ${order} LIMIT ${PAGE_ROWS}`;
  return { sql, args: after ?? [] };
}

function insertsOf({ table, columns }: TableShape, rows: readonly InValue[][]): InStatement[] {
  const names = columns.map((name) => `"${name}"`).join(", ");
  const marks = `(${columns.map(() => "?").join(", ")})`;
  const size = Math.max(1, Math.floor(MAX_VALUES / columns.length));
  const statements: InStatement[] = [];
  for (let i = 0; i < rows.length; i += size) {
    const some = rows.slice(i, i + size);
    const sql = `INSERT INTO "${table}" (${names}) VALUES ${some.map(() => marks).join(", ")}`;
    statements.push({ sql, args: some.flat() });
  }
  return statements;
}

/** How far AUTOINCREMENT has come, so that no number is given twice. */
async function copySequences(from: Reader, to: Client): Promise<void> {
  const { rows } = await from
    .execute("SELECT name, seq FROM sqlite_sequence")
    .catch(() => ({ rows: [] as ResultSet["rows"] }));
  if (rows.length === 0) return;
  const inserts = rows.map(({ name, seq }) => ({
    sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
    args: [name, seq] as InValue[],
  }));
  await to.migrate(["DELETE FROM sqlite_sequence", ...inserts]);
}

import type { Client, InStatement, ResultSet } from "@libsql/client";

interface Index {
  /** `*` stands for an expression. */
  columns: Set<string>;
  isPartial: boolean;
}

interface Table {
  /** Its primary key is the table. */
  isIndexItself: boolean;
  indexes: Map<string, Index>;
}

type Tables = ReadonlyMap<string, Table>;
type BatchStatement = Parameters<Client["batch"]>[0][number];

/** Rows written, as the database bills them: a row, and each entry of an index that an insert or update makes. */
export interface BilledRows {
  rows: number;
  /** The same if no row were of a partial index. */
  rowsLeast: number;
}

const WRITE = /\b(insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update|delete\s+from)\s+["`]?(\w+)["`]?/i;
const SET = /\bset\b(.*?)(?:\bwhere\b|\bfrom\b|\breturning\b|$)/is;

const INDEXES = `SELECT t.name AS "table", i.name AS "index", i.partial, coalesce(c.name, '*') AS "column", t.sql LIKE '%WITHOUT ROWID%' AS bare
  FROM sqlite_master t LEFT JOIN pragma_index_list(t.name) i LEFT JOIN pragma_index_info(i.name) c WHERE t.type = 'table'`;

async function readTables(client: Client): Promise<Tables> {
  const { rows } = await client.execute(INDEXES);
  const tables = new Map<string, Table>();
  for (const { table, index, partial, column, bare } of rows) {
    const known = tables.get(String(table)) ?? {
      isIndexItself: bare === 1,
      indexes: new Map<string, Index>(),
    };
    tables.set(String(table), known);
    if (index === null) continue;
    const { columns } = known.indexes.get(String(index)) ?? { columns: new Set<string>() };
    known.indexes.set(String(index), { columns: columns.add(String(column)), isPartial: partial === 1 });
  }
  return tables;
}

/** The indexes that a statement makes entries in; an upsert counts as an insert, a delete makes none. */
function indexesOf(sql: string, { indexes }: Table): Index[] {
  const [, how = ""] = WRITE.exec(sql) ?? [];
  if (/^delete/i.test(how)) return [];
  const all = [...indexes.values()];
  if (!/^update/i.test(how)) return all;
  const [, set = ""] = SET.exec(sql) ?? [];
  const assigned = new Set([...set.matchAll(/["`]?(\w+)["`]?\s*=/g)].map(([, column]) => column));
  return all.filter(({ columns }) => columns.has("*") || [...columns].some((column) => assigned.has(column)));
}

/** Of one row: at most, and where no partial index takes it. */
function entriesOf(sql: string, tables: Tables): { most: number; least: number } {
  const table = tables.get(WRITE.exec(sql)?.[2] ?? "");
  if (table === undefined) return { most: 0, least: 0 };
  const indexes = indexesOf(sql, table);
  const isInsert = !/^(?:update|delete)/i.test(WRITE.exec(sql)?.[1] ?? "");
  const row = isInsert && table.isIndexItself ? 0 : 1;
  return { most: row + indexes.length, least: row + indexes.filter(({ isPartial }) => !isPartial).length };
}

function sqlOf(statement: BatchStatement | InStatement): string {
  if (typeof statement === "string") return statement;
  return Array.isArray(statement) ? statement[0] : statement.sql;
}

/** From now on what `client` writes is added up in the answer. */
export async function billWrites(client: Client): Promise<BilledRows> {
  const tables = await readTables(client);
  const billed: BilledRows = { rows: 0, rowsLeast: 0 };
  const bill = (
    statement: BatchStatement | InStatement,
    { columns, rows, rowsAffected }: ResultSet,
  ): void => {
    const count = columns.length === 0 ? rowsAffected : rows.length;
    const { most, least } = entriesOf(sqlOf(statement), tables);
    billed.rows += count * most;
    billed.rowsLeast += count * least;
  };
  const execute = client.execute.bind(client);
  const batch = client.batch.bind(client);
  client.execute = async (statement: InStatement | string) => {
    const result = await execute(statement);
    bill(statement, result);
    return result;
  };
  client.batch = async (statements, mode) => {
    const results = await batch(statements, mode);
    for (const [i, result] of results.entries()) bill(statements[i], result);
    return results;
  };
  return billed;
}

import type { Client, InStatement, ResultSet } from "@libsql/client";

/** What is written beside a row of a table, by index; `*` stands for an index of expressions. */
interface Table {
  isIndexItself: boolean;
  indexes: ReadonlyMap<string, ReadonlySet<string>>;
}

type Tables = ReadonlyMap<string, Table>;
type BatchStatement = Parameters<Client["batch"]>[0][number];

/** Rows written, as the database bills them: a row, and each entry of an index that an insert or update makes. */
export interface BilledRows {
  rows: number;
}

const WRITE = /\b(insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update|delete\s+from)\s+["`]?(\w+)["`]?/i;
const SET = /\bset\b(.*?)(?:\bwhere\b|\bfrom\b|\breturning\b|$)/is;

const INDEXES = `SELECT t.name AS "table", i.name AS "index", coalesce(c.name, '*') AS "column", t.sql LIKE '%WITHOUT ROWID%' AS bare
  FROM sqlite_master t LEFT JOIN pragma_index_list(t.name) i LEFT JOIN pragma_index_info(i.name) c WHERE t.type = 'table'`;

async function readTables(client: Client): Promise<Tables> {
  const { rows } = await client.execute(INDEXES);
  const tables = new Map<string, { isIndexItself: boolean; indexes: Map<string, Set<string>> }>();
  for (const { table, index, column, bare } of rows) {
    const known = tables.get(String(table)) ?? { isIndexItself: bare === 1, indexes: new Map() };
    tables.set(String(table), known);
    if (index === null) continue;
    const columns = known.indexes.get(String(index)) ?? new Set();
    known.indexes.set(String(index), columns.add(String(column)));
  }
  return tables;
}

/** Of one row. An upsert counts as an insert, and a partial index as one that takes each row: the most that it may be. */
function entriesOf(sql: string, tables: Tables): number {
  const [, how = "", name = ""] = WRITE.exec(sql) ?? [];
  const table = tables.get(name);
  if (table === undefined || /^delete/i.test(how)) return table === undefined ? 0 : 1;
  const all = [...table.indexes.values()];
  if (!/^update/i.test(how)) return 1 + all.length - (table.isIndexItself ? 1 : 0);
  const [, set = ""] = SET.exec(sql) ?? [];
  const assigned = new Set([...set.matchAll(/["`]?(\w+)["`]?\s*=/g)].map(([, column]) => column));
  return (
    1 +
    all.filter((columns) => columns.has("*") || [...columns].some((column) => assigned.has(column))).length
  );
}

function sqlOf(statement: BatchStatement | InStatement): string {
  if (typeof statement === "string") return statement;
  return Array.isArray(statement) ? statement[0] : statement.sql;
}

/** From now on what `client` writes is added up in the answer. */
export async function billWrites(client: Client): Promise<BilledRows> {
  const tables = await readTables(client);
  const billed: BilledRows = { rows: 0 };
  const count = (
    statement: BatchStatement | InStatement,
    { columns, rows, rowsAffected }: ResultSet,
  ): void => {
    billed.rows += (columns.length === 0 ? rowsAffected : rows.length) * entriesOf(sqlOf(statement), tables);
  };
  const execute = client.execute.bind(client);
  const batch = client.batch.bind(client);
  client.execute = async (statement: InStatement | string) => {
    const result = await execute(statement);
    count(statement, result);
    return result;
  };
  client.batch = async (statements, mode) => {
    const results = await batch(statements, mode);
    for (const [i, result] of results.entries()) count(statements[i], result);
    return results;
  };
  return billed;
}

import type { Client } from "@libsql/client";

export interface Built {
  toSQL(): { sql: string; params: unknown[] };
}

/** The steps by which the engine would answer a built query, as EXPLAIN QUERY PLAN names them. */
export async function planOf(client: Client, query: Built): Promise<string[]> {
  const { sql, params } = query.toSQL();
  const args = params as (string | number | null)[];
  const { rows } = await client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  return rows.map(({ detail }) => String(detail));
}

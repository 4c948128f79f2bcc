import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import type { Product } from "../../../src/domain/product.ts";
import type { Filter } from "../../../src/index/types.ts";
import type { OpenRival, Rival, RivalQuery } from "./rival.ts";

const TABLES = `
  CREATE TABLE product (n INTEGER PRIMARY KEY, id TEXT, brand TEXT, category TEXT, price INTEGER);
  CREATE INDEX product_brand ON product (brand);
  CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='porter unicode61 remove_diacritics 2');`;

/** The words of a plain query joined by `operator`; the words of a phrase in order; `null` without a word. */
function matchOf(text: string, operator: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return null;
  if (text.startsWith('"')) return `"${words.join(" ")}"`;
  return words.map((word) => `"${word}"`).join(operator);
}

function condition(filter: Filter): { sql: string; values: (string | number)[] } {
  if ("range" in filter) {
    return { sql: "price BETWEEN ? AND ?", values: [filter.range.min ?? 0, filter.range.max ?? 1e12] };
  }
  const column = filter.field === "category" ? "category" : "brand";
  const values = [...filter.values];
  return { sql: `${column} IN (${values.map(() => "?").join(", ")})`, values };
}

function fill(db: Database.Database, products: readonly Product[]): void {
  db.exec(TABLES);
  db.exec("BEGIN");
  const row = db.prepare("INSERT INTO product VALUES (?, ?, ?, ?, ?)");
  const words = db.prepare("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)");
  products.forEach(({ id, title, description, brand, category, price }, i) => {
    row.run(i + 1, id, brand, category[0] ?? null, price?.amount ?? null);
    words.run(i + 1, title, `${description} ${brand ?? ""}`);
  });
  db.exec("COMMIT");
  db.exec("INSERT INTO words (words) VALUES ('optimize')");
}

function statementOf({ text, filters, limit }: RivalQuery, operator: string) {
  const match = matchOf(text, operator);
  const conditions = filters.map(condition);
  const values = conditions.flatMap((one) => one.values);
  const clauses = conditions.map((one) => one.sql);
  if (match === null) {
    const where = clauses.length > 0 ? `WHERE ${clauses.join(" AND ")}` : "";
    return { from: `FROM product ${where}`, order: `ORDER BY n LIMIT ${limit}`, values };
  }
  const where = ["words MATCH ?", ...clauses].join(" AND ");
  const from = `FROM words JOIN product ON product.n = words.rowid WHERE ${where}`;
  return { from, order: `ORDER BY bm25(words, 5.0, 1.0) LIMIT ${limit}`, values: [match, ...values] };
}

function ids(db: Database.Database, query: RivalQuery, operator: string): string[] {
  const { from, order, values } = statementOf(query, operator);
  const rows = db.prepare(`SELECT product.id ${from} ${order}`).all(...values) as { id: string }[];
  if (query.facets) {
    for (const column of ["brand", "category"]) {
      db.prepare(`SELECT ${column}, count(*) ${from} GROUP BY 1 ORDER BY 2 DESC LIMIT 50`).all(...values);
    }
  }
  return rows.map((row) => row.id);
}

function open(
  products: readonly Product[],
  answer: (db: Database.Database, query: RivalQuery) => string[],
): OpenRival {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-fts5-"));
  const file = join(folder, "words.db");
  const db = new Database(file);
  fill(db, products);
  return {
    search: (query) => answer(db, query),
    indexBytes: () => statSync(file).size,
    close() {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const fts5: Rival = {
  name: "SQLite FTS5",
  settings: "porter, bm25 with title 5 : 1, any word; facets by GROUP BY",
  lacks: ["suggest"],
  build: (products) => open(products, (db, query) => ids(db, query, " OR ")),
};

/** Asks twice where the first ten are not full: the better ranking, for relevance alone. */
export const fts5Strict: Rival = {
  name: "SQLite FTS5 strict",
  settings: "porter, bm25 with title 5 : 1, all words, then any word",
  lacks: ["suggest"],
  build: (products) =>
    open(products, (db, query) => {
      const all = ids(db, query, " AND ");
      if (all.length >= query.limit) return all;
      return [...new Set([...all, ...ids(db, query, " OR ")])].slice(0, query.limit);
    }),
};

import type { InArgs, ResultSet } from "@libsql/client";
import Database from "libsql";
import { clientErrorOf, engineArgsOf, rowMaker } from "./sql-values.ts";
import type { EngineArgs, EngineValue, RowMaker } from "./sql-values.ts";

type EngineStatement = Database.Statement<[EngineArgs]>;

interface Kept {
  statement: EngineStatement;
  /** `null` for a statement that gives no rows. */
  reads: { columns: string[]; columnTypes: string[]; rowOf: RowMaker } | null;
}

export interface FileStatement {
  sql: string;
  args?: InArgs;
}

const MAX_KEPT = 300;
const MAX_TEXT = 20_000;
/** A kept statement holds its last arguments. */
const MAX_ARG = 65_536;
/** What may change what other statements mean, or belongs to this moment: never kept, and nothing is kept across it. */
const CHANGES_SCHEMA = /^\s*(?:create|alter|drop|pragma|attach|detach|vacuum|reindex|analyze)\b/i;

/**
 * The engine's own cache of pages is 2 MB, which a page of the feed turns over. Mapped, the file is read from the system's
 * memory, which all processes share. Another process's write is waited for: it holds no lock across a request.
 */
const PRAGMAS = ["cache_size = -16384", "mmap_size = 2147418112"];

function openEngine(path: string, busyTimeoutMs: number): Database.Database {
  const engine = new Database(path);
  for (const pragma of [...PRAGMAS, `busy_timeout = ${busyTimeoutMs}`]) engine.exec(`PRAGMA ${pragma}`);
  return engine;
}

/**
 * One connection to a libSQL file, with its statements prepared once and kept, the least recently used given up first. All
 * of it is synchronous. SQLite prepares a kept statement anew where the schema has changed, by whomever. Throws
 * `LibsqlError`.
 */
export class FileConnection {
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #kept = new Map<string, Kept>();
  #engine: Database.Database;
  #isWornOut = false;

  constructor(path: string, busyTimeoutMs: number) {
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
    try {
      this.#engine = openEngine(path, busyTimeoutMs);
    } catch (error) {
      throw clientErrorOf(error);
    }
  }

  get isInTransaction(): boolean {
    return this.#engine.inTransaction;
  }

  /** How many statements are kept. */
  get keptCount(): number {
    return this.#kept.size;
  }

  run({ sql, args }: FileStatement): ResultSet {
    const given = engineArgsOf(args);
    try {
      this.#renew();
      const kept = this.#prepared(sql, given);
      return kept.reads === null ? changesOf(kept.statement.run(given)) : read(kept, given);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Several statements in one text, without arguments. */
  runAll(sql: string): void {
    try {
      this.#renew();
      this.#kept.clear();
      this.#engine.exec(sql);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  close(): void {
    this.#kept.clear();
    this.#engine.close();
  }

  #prepared(sql: string, args: EngineArgs): Kept {
    const known = this.#kept.get(sql);
    if (known !== undefined) this.#kept.delete(sql);
    const kept = known ?? prepare(this.#engine, sql);
    if (known === undefined && CHANGES_SCHEMA.test(sql)) this.#kept.clear();
    else if (sql.length <= MAX_TEXT && !holdsMuch(args)) this.#keep(sql, kept);
    return kept;
  }

  #keep(sql: string, kept: Kept): void {
    this.#kept.set(sql, kept);
    if (this.#kept.size <= MAX_KEPT) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }

  /** A statement that found the file busy stays open in the engine, and with it an old state of the database. */
  #failed(error: unknown): unknown {
    const mapped = clientErrorOf(error);
    if (mapped instanceof Error && "code" in mapped && mapped.code === "SQLITE_BUSY") this.#isWornOut = true;
    return mapped;
  }

  #renew(): void {
    if (!this.#isWornOut || this.isInTransaction) return;
    this.close();
    this.#engine = openEngine(this.#path, this.#busyTimeoutMs);
    this.#isWornOut = false;
  }
}

function holdsMuch(args: EngineArgs): boolean {
  const values: readonly EngineValue[] = Array.isArray(args) ? args : Object.values(args);
  return values.some((value) => {
    const isLong = typeof value === "string" || (typeof value === "object" && value !== null);
    return isLong && value.length > MAX_ARG;
  });
}

function prepare(engine: Database.Database, sql: string): Kept {
  const statement: EngineStatement = engine.prepare<[EngineArgs]>(sql).safeIntegers(true);
  if (!statement.reader) return { statement, reads: null };
  return { statement, reads: columnsOf(statement.raw(true)) };
}

function columnsOf(statement: EngineStatement): NonNullable<Kept["reads"]> {
  const described = statement.columns();
  const columns = described.map(({ name }) => name);
  return { columns, columnTypes: described.map(({ type }) => type ?? ""), rowOf: rowMaker(columns) };
}

function read(kept: Kept, args: EngineArgs): ResultSet {
  const found = kept.statement.all(args) as EngineValue[][];
  // Prepared anew by the engine, `*` may stand for other columns than it did.
  if (kept.reads === null || (found.length > 0 && found[0].length !== kept.reads.columns.length))
    kept.reads = columnsOf(kept.statement);
  const { columns, columnTypes, rowOf } = kept.reads;
  return resultOf({
    columns,
    columnTypes,
    rows: found.map(rowOf),
    rowsAffected: 0,
    lastInsertRowid: undefined,
  });
}

function changesOf({ changes, lastInsertRowid }: Database.RunResult): ResultSet {
  const rowid = BigInt(lastInsertRowid);
  return resultOf({ columns: [], columnTypes: [], rows: [], rowsAffected: changes, lastInsertRowid: rowid });
}

function resultOf(result: Omit<ResultSet, "toJSON">): ResultSet {
  return {
    ...result,
    toJSON: () => ({ ...result, lastInsertRowid: result.lastInsertRowid?.toString() ?? null }),
  };
}

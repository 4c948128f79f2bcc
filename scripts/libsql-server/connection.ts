import Database from "libsql";
import { HranaError, decodeValue, encodeValue } from "./protocol.ts";
import type { SqlValue, WireResult, WireStatement } from "./protocol.ts";

const MAX_PREPARED = 500;
const CHANGES_SCHEMA = /^\s*(?:create|alter|drop|pragma|attach|detach|vacuum|reindex)\b/i;

type Args = SqlValue[] | Record<string, SqlValue>;
type RawStatement = Database.Statement<[Args]>;

interface Prepared {
  statement: RawStatement;
  returnsRows: boolean;
  writesAndReturns: boolean;
}

/** What all connections of one server share: prepared statements of before a change of the schema are not used after. */
export interface SchemaEpoch {
  value: number;
}

// A busy timeout would block the event loop, and with it the very request that is to release the lock: the server
// waits by itself instead (see write-queue.ts).
const PRAGMAS = [
  "journal_mode=WAL",
  "synchronous=NORMAL",
  "foreign_keys=ON",
  "busy_timeout=0",
  "temp_store=MEMORY",
];

interface Engine {
  database: Database.Database;
  changes: RawStatement;
}

function openEngine(file: string): Engine {
  const database = new Database(file);
  for (const pragma of PRAGMAS) database.prepare(`PRAGMA ${pragma}`).all();
  const changes = database.prepare<[Args]>("SELECT changes(), last_insert_rowid()").raw().safeIntegers();
  return { database, changes };
}

/** One connection of the embedded engine, as one stream uses it. Everything here is synchronous. */
export class Connection {
  readonly #file: string;
  readonly #epoch: SchemaEpoch;
  readonly #prepared = new Map<string, Prepared>();
  #engine: Engine;
  #preparedAt: number;
  #retired = false;

  constructor(file: string, epoch: SchemaEpoch) {
    this.#file = file;
    this.#epoch = epoch;
    this.#engine = openEngine(file);
    this.#preparedAt = epoch.value;
  }

  get #database(): Database.Database {
    return this.#engine.database;
  }

  /** After a statement that found the database busy, which the engine keeps open and with it an old snapshot. */
  retire(): void {
    this.#retired = true;
  }

  /** The retired engine gives way to a new one once its transaction is over. */
  #renew(): void {
    if (!this.#retired || this.inTransaction) return;
    this.close();
    this.#engine = openEngine(this.#file);
    this.#retired = false;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  execute(sql: string, statement: WireStatement): WireResult {
    this.#renew();
    const prepared = this.#prepare(sql);
    const args = decodeArgs(statement);
    if (!prepared.returnsRows) {
      const { changes, lastInsertRowid } = prepared.statement.run(args);
      return {
        ...EMPTY,
        affected_row_count: changes,
        last_insert_rowid: String(lastInsertRowid),
        rows_written: changes,
      };
    }
    const rows = prepared.statement.all(args) as SqlValue[][];
    const cols = prepared.statement.columns().map(({ name, type }) => ({ name, decltype: type ?? null }));
    const [changes, rowid] = prepared.writesAndReturns ? this.#lastChange() : [0, null];
    return {
      cols,
      rows: statement.want_rows === false ? [] : rows.map((row) => row.map(encodeValue)),
      affected_row_count: changes,
      last_insert_rowid: rowid,
      rows_read: rows.length,
      rows_written: changes,
    };
  }

  /** Several statements without arguments. */
  executeAll(sql: string): void {
    this.#renew();
    this.#database.exec(sql);
    this.#epoch.value++;
  }

  describe(sql: string): Record<string, unknown> {
    const statement = this.#database.prepare(sql);
    const cols = statement.reader ? statement.columns() : [];
    return {
      params: [],
      cols: cols.map(({ name, type }) => ({ name, decltype: type ?? null })),
      is_explain: /^\s*explain\b/i.test(sql),
      is_readonly: statement.reader && !/\breturning\b/i.test(sql),
    };
  }

  rollback(): void {
    if (this.inTransaction) this.#database.exec("ROLLBACK");
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }

  #lastChange(): [number, string] {
    const [changes, rowid] = this.#engine.changes.get([]) as [bigint, bigint];
    return [Number(changes), rowid.toString()];
  }

  #prepare(sql: string): Prepared {
    if (this.#preparedAt !== this.#epoch.value) this.#prepared.clear();
    this.#preparedAt = this.#epoch.value;
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement: RawStatement = this.#database.prepare<[Args]>(sql).safeIntegers();
    const returnsRows = statement.reader;
    if (returnsRows) statement.raw();
    const prepared = { statement, returnsRows, writesAndReturns: returnsRows && /\breturning\b/i.test(sql) };
    if (CHANGES_SCHEMA.test(sql)) this.#epoch.value++;
    else this.#remember(sql, prepared);
    return prepared;
  }

  #remember(sql: string, prepared: Prepared): void {
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size <= MAX_PREPARED) return;
    for (const oldest of this.#prepared.keys()) {
      this.#prepared.delete(oldest);
      return;
    }
  }
}

const EMPTY: WireResult = {
  cols: [],
  rows: [],
  affected_row_count: 0,
  last_insert_rowid: null,
  rows_read: 0,
  rows_written: 0,
};

function decodeArgs({ args, named_args: named }: WireStatement): Args {
  if (named === undefined || named.length === 0) return (args ?? []).map(decodeValue);
  if (args !== undefined && args.length > 0) {
    throw new HranaError(
      "A statement takes positional or named arguments, not both",
      "ARGS_BOTH_POSITIONAL_AND_NAMED",
    );
  }
  return Object.fromEntries(named.map(({ name, value }) => [name.replace(/^[:@$]/, ""), decodeValue(value)]));
}

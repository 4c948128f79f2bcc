import type { Client, InStatement, ResultSet, TransactionMode } from "@libsql/client";
import { AppError } from "../domain/errors.ts";
import type { JobOrigin } from "../ports/jobs.ts";
import type { Receipt } from "../ports/receipt.ts";
import { openOrm } from "./session.ts";
import type { Orm } from "./session.ts";
import type { Statement } from "./statement-texts.ts";

export interface Database {
  /** Drizzle; each statement, and each `orm.batch([…])` (one transaction), is one round trip. */
  readonly orm: Orm;
  /** Runs a statement that is built already, in one round trip; its rows are what it names, `T`. */
  all<T>(statement: Statement): Promise<T[]>;
  /** Reads that go by what was read before them; not where each of them would be a round trip. */
  readonly together?: Together | undefined;
  /** On whose behalf this invocation writes jobs: it goes with them through the outbox. */
  readonly origin?: JobOrigin | undefined;
}

/** The same database on behalf of `origin`. */
export function onBehalf(db: Database, origin: JobOrigin | undefined): Database {
  return {
    get orm() {
      return db.orm;
    },
    all: (statement) => db.all(statement),
    get together() {
      return db.together;
    },
    origin,
  };
}

/** Runs a statement on the spot. */
export type Read = <T>(statement: Statement) => T[];
/**
 * Reads with nothing of this process between them: together one trip. Of one state of the database in a transaction, which
 * costs as much as a small statement; else another process may write between two of them.
 */
export type Together = <T>(work: (read: Read) => T, isInTransaction: boolean) => T;

export interface Trip {
  /** Of the statements, without their values. */
  text: string;
  /** By `performance.now()`. */
  startedMs: number;
  ms: number;
  /** That the statements gave and wrote. */
  rows: number;
  /** `null` for none. */
  error: unknown;
}

/** Is told of each round trip when it has ended. */
export interface TripObserver {
  ended(trip: Trip): void;
}

/** A client of a database in this process. */
export interface NearClient extends Client {
  together<T>(work: (run: (statement: Statement) => ResultSet) => T, isInTransaction: boolean): T;
}

type BatchStatement = Parameters<Client["batch"]>[0][number];

export function isNear(client: Client): client is NearClient {
  return "together" in client && typeof client.together === "function";
}

const RETRY_AFTER_SECONDS = 1;
/** Codes of @libsql/client and of sqld that speak of the way to the database, or of its load, not of the statement. */
const UNAVAILABLE =
  /^(?:SERVER_ERROR|HRANA_CLOSED_ERROR|HRANA_WEBSOCKET_ERROR|CLIENT_CLOSED|STREAM_EXPIRED|UNKNOWN|SQLITE_(?:BUSY|LOCKED|CANTOPEN|IOERR|FULL)(?:_\w+)?)$/;

/** In a statement that begins with its common tables. */
const WRITES = /\b(?:insert|update|delete|replace)\b/i;

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

function isNetworkFailure(error: unknown): boolean {
  // fetch rejects with "fetch failed" in Node, "error sending request" in Deno, and in workerd with "Network connection
  // lost." or "internal error; reference = …"; an answer that ends in the middle is no JSON. Other errors without a code
  // are mistakes in a statement's arguments.
  return (
    error instanceof SyntaxError ||
    (error instanceof Error &&
      (/^(?:TimeoutError|AbortError|LateError)$/.test(error.name) ||
        /fetch failed|error sending request|network|connect|^internal error/i.test(error.message)))
  );
}

/** Whether an error speaks of the way to the database, or of its load, and not of a statement. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  return code === null ? isNetworkFailure(error) : UNAVAILABLE.test(code);
}

function mapFailure(error: unknown): unknown {
  if (!isUnavailable(error)) return error;
  const detail = "The database does not answer";
  return new AppError("unavailable", { detail, retryAfterSeconds: RETRY_AFTER_SECONDS }, error);
}

/** Forwards to `client`, counting each round trip, its time and its rows into `receipt`. Retries nothing. */
class CountingClient implements Client {
  readonly #client: Client;
  readonly #receipt: Receipt;
  readonly #observer: TripObserver | undefined;

  constructor(client: Client, receipt: Receipt, observer: TripObserver | undefined) {
    this.#client = client;
    this.#receipt = receipt;
    this.#observer = observer;
  }

  get closed(): boolean {
    return this.#client.closed;
  }

  get protocol(): string {
    return this.#client.protocol;
  }

  async #trip<T>(
    statements: readonly BatchStatement[],
    work: () => Promise<T>,
    count: (result: T) => void,
  ): Promise<T> {
    const start = performance.now();
    this.#receipt.dbTrips++;
    try {
      const result = await work();
      const before = this.#rows;
      count(result);
      this.#ended(statements, start, { rows: this.#rows - before });
      return result;
    } catch (error) {
      const failure = mapFailure(error);
      this.#ended(statements, start, { error: failure });
      throw failure;
    }
  }

  get #rows(): number {
    return this.#receipt.rowsRead + this.#receipt.rowsWritten;
  }

  #ended(
    statements: readonly BatchStatement[],
    startedMs: number,
    { rows = 0, error = null }: { rows?: number; error?: unknown },
  ): void {
    const ms = performance.now() - startedMs;
    this.#receipt.dbMs += ms;
    if (this.#observer === undefined) return;
    const text = statements.length === 1 ? sqlOf(statements[0]) : statements.map(sqlOf).join("; ");
    this.#observer.ended({ text, startedMs, ms, rows, error });
  }

  execute(statement: InStatement | string, args?: Parameters<Client["execute"]>[1]): Promise<ResultSet> {
    const given = typeof statement === "string" && args !== undefined ? { sql: statement, args } : statement;
    return this.#trip(
      [given],
      () => this.#client.execute(given),
      (result) => this.#count(given, result),
    );
  }

  #count(statement: BatchStatement, result: ResultSet): void {
    this.#receipt.rowsRead += result.rows.length;
    this.#receipt.rowsWritten += rowsWritten(statement, result);
  }

  get together(): Together | undefined {
    const client = this.#client;
    if (!isNear(client)) return undefined;
    return (work, isInTransaction) => {
      const start = performance.now();
      const statements: Statement[] = [];
      const before = this.#rows;
      this.#receipt.dbTrips++;
      try {
        const result = client.together(
          (run) =>
            work((statement) => {
              statements.push(statement);
              const { rows } = run(statement);
              this.#receipt.rowsRead += rows.length;
              // Sound as in `Database.all`: the statement names what its rows have.
              return rows as unknown[] as never[];
            }),
          isInTransaction,
        );
        this.#ended(statements, start, { rows: this.#rows - before });
        return result;
      } catch (error) {
        const failure = mapFailure(error);
        this.#ended(statements, start, { error: failure });
        throw failure;
      }
    };
  }

  batch(statements: Parameters<Client["batch"]>[0], mode?: TransactionMode): Promise<ResultSet[]> {
    return this.#trip(
      statements,
      () => this.#client.batch(statements, mode ?? modeOf(statements)),
      (results) => results.forEach((result, i) => this.#count(statements[i], result)),
    );
  }

  migrate(statements: InStatement[]): Promise<ResultSet[]> {
    return this.#trip(
      statements,
      () => this.#client.migrate(statements),
      () => undefined,
    );
  }

  executeMultiple(sql: string): Promise<void> {
    return this.#trip(
      [sql],
      () => this.#client.executeMultiple(sql),
      () => undefined,
    );
  }

  transaction(): Promise<never> {
    // A transaction held over round trips blocks the only writer, and Turso ends it after 5 s.
    return Promise.reject(new Error("Interactive transactions are not taken: write one batch"));
  }

  sync(): ReturnType<Client["sync"]> {
    return this.#client.sync();
  }

  reconnect(): void {
    this.#client.reconnect();
  }

  close(): void {
    this.#client.close();
  }
}

/**
 * A transaction that reads before it writes fails where another has written between (SQLITE_BUSY_SNAPSHOT), so a batch
 * with any write takes the lock at its beginning.
 */
function modeOf(statements: Parameters<Client["batch"]>[0]): TransactionMode {
  return readsOnly(statements) ? "deferred" : "write";
}

/** Whether no statement writes, as far as its beginning tells. */
export function readsOnly(statements: Parameters<Client["batch"]>[0]): boolean {
  return statements.every((statement) => {
    const sql = sqlOf(statement);
    return /^\s*(?:select|explain)\b/i.test(sql) || (/^\s*with\b/i.test(sql) && !WRITES.test(sql));
  });
}

function sqlOf(statement: BatchStatement): string {
  if (typeof statement === "string") return statement;
  return Array.isArray(statement) ? statement[0] : statement.sql;
}

/** Clients count no rows of a write that gives rows: those it gave are those it wrote. */
function rowsWritten(statement: BatchStatement, { columns, rows, rowsAffected }: ResultSet): number {
  if (columns.length === 0) return rowsAffected;
  return /^\s*(?:insert|update|delete|replace)\b/i.test(sqlOf(statement)) ? rows.length : 0;
}

/**
 * The database of one invocation; `open` is called at its first use, since most searches need none. A database that cannot
 * be reached, or that is too busy, is an `AppError("unavailable")`; what is wrong with a statement stays the client's
 * `LibsqlError`.
 */
export function openDatabase(open: () => Client, receipt: Receipt, observer?: TripObserver): Database {
  let client: CountingClient | undefined;
  let orm: Orm | undefined;
  const opened = (): CountingClient => (client ??= new CountingClient(open(), receipt, observer));
  return {
    get orm() {
      return (orm ??= openOrm(opened()));
    },
    async all<T>(statement: Statement) {
      const { rows } = await opened().execute(statement);
      return rows as unknown[] as T[];
    },
    get together() {
      return opened().together;
    },
  };
}

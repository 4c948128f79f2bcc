import { LibsqlBatchError, LibsqlError } from "@libsql/client";
import type { InArgs, InStatement, ResultSet, TransactionMode } from "@libsql/client";
import type { NearClient } from "../../db/client.ts";
import { FileConnection } from "./file-connection.ts";
import type { FileStatement } from "./file-connection.ts";

type BatchStatement = InStatement | [string, InArgs?];

const BEGIN: Readonly<Record<TransactionMode, string>> = {
  write: "BEGIN IMMEDIATE TRANSACTION",
  read: "BEGIN TRANSACTION READONLY",
  deferred: "BEGIN DEFERRED TRANSACTION",
};

/** For another process's write; no longer, since all of this one waits with it. Who is refused may try once more. */
const BUSY_TIMEOUT_MS = 1_000;

/** The file of a `file:` URL of this machine, `null` for any other and for what asks for more than a file. */
export function pathOfFileUrl(url: string): string | null {
  const [, path] = /^file:(?:\/\/(?:localhost)?(?=\/))?(?!\/\/)([^?#]+)$/i.exec(url) ?? [];
  return path === undefined || path === ":memory:" ? null : decodeURIComponent(path);
}

/**
 * `@libsql/client` for a file, over one connection that keeps its statements: the library's own prepares each statement
 * each time, which for a page of the feed takes longer than the page. Nothing waits within a batch, so that batches of one
 * process cannot meet. There are no interactive transactions.
 */
export class FileClient implements NearClient {
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly protocol = "file";
  #connection: FileConnection | null;

  constructor(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS) {
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#connection = new FileConnection(path, busyTimeoutMs);
  }

  get closed(): boolean {
    return this.#connection === null;
  }

  async execute(statement: InStatement | string, args?: InArgs): Promise<ResultSet> {
    return this.#open().run(statementOf(args === undefined ? statement : [String(statement), args]));
  }

  async batch(statements: BatchStatement[], mode: TransactionMode = "deferred"): Promise<ResultSet[]> {
    return inTransaction(this.#open(), statements, mode);
  }

  together<T>(work: (run: (statement: FileStatement) => ResultSet) => T, isInTransaction: boolean): T {
    const connection = this.#open();
    if (!isInTransaction) return work((statement) => connection.run(statement));
    connection.run({ sql: BEGIN.deferred });
    try {
      const result = work((statement) => connection.run(statement));
      connection.run({ sql: "COMMIT" });
      return result;
    } finally {
      rollBack(connection);
    }
  }

  async migrate(statements: InStatement[]): Promise<ResultSet[]> {
    const connection = this.#open();
    connection.runAll("PRAGMA foreign_keys = off");
    try {
      return inTransaction(connection, statements, "deferred");
    } finally {
      connection.runAll("PRAGMA foreign_keys = on");
    }
  }

  async executeMultiple(sql: string): Promise<void> {
    const connection = this.#open();
    try {
      connection.runAll(sql);
    } finally {
      rollBack(connection);
    }
  }

  async transaction(): Promise<never> {
    throw new LibsqlError("A file takes no interactive transactions: write one batch", "TRANSACTION_CLOSED");
  }

  async sync(): Promise<never> {
    throw new LibsqlError("A file has nothing to sync with", "SYNC_NOT_SUPPORTED");
  }

  reconnect(): void {
    this.close();
    this.#connection = new FileConnection(this.#path, this.#busyTimeoutMs);
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  #open(): FileConnection {
    if (this.#connection === null) throw new LibsqlError("The client is closed", "CLIENT_CLOSED");
    return this.#connection;
  }
}

function statementOf(statement: BatchStatement): FileStatement {
  if (typeof statement === "string") return { sql: statement };
  return Array.isArray(statement) ? { sql: statement[0], args: statement[1] } : statement;
}

function inTransaction(
  connection: FileConnection,
  statements: readonly BatchStatement[],
  mode: TransactionMode,
): ResultSet[] {
  connection.run({ sql: BEGIN[mode] });
  try {
    const results = statements.map((statement, i) => step(connection, statementOf(statement), i));
    connection.run({ sql: "COMMIT" });
    return results;
  } finally {
    rollBack(connection);
  }
}

function step(connection: FileConnection, statement: FileStatement, index: number): ResultSet {
  if (!connection.isInTransaction)
    throw new LibsqlBatchError("The transaction has been rolled back", index, "TRANSACTION_CLOSED");
  try {
    return connection.run(statement);
  } catch (error) {
    if (!(error instanceof LibsqlError)) throw error;
    const { message, code, extendedCode, rawCode, cause } = error;
    const by = cause instanceof Error ? cause : undefined;
    throw new LibsqlBatchError(message, index, code, extendedCode, rawCode, by);
  }
}

/** Whatever a failure has left open. */
function rollBack(connection: FileConnection): void {
  if (connection.isInTransaction) connection.run({ sql: "ROLLBACK" });
}

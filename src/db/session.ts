import type { Client } from "@libsql/client";
import { LibSQLDatabase } from "drizzle-orm/libsql/driver-core";
import { LibSQLSession } from "drizzle-orm/libsql/session";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";

type NoRelations = Record<string, never>;
export type Orm = LibSQLDatabase<NoRelations>;

type Prepared = ReturnType<LibSQLSession<NoRelations, NoRelations>["prepareQuery"]>;

/**
 * Drizzle wraps each failure in an error whose message holds the statement and its parameters, which may be a user's
 * data, and which hides what the client threw. Here the client's own error comes through.
 */
class PlainErrorSession extends LibSQLSession<NoRelations, NoRelations> {
  override prepareQuery(...args: Parameters<LibSQLSession<NoRelations, NoRelations>["prepareQuery"]>): never {
    const prepared: Prepared = super.prepareQuery(...args);
    const queryWithCache = (_sql: string, _params: unknown[], query: () => Promise<unknown>) => query();
    return Object.assign(prepared, { queryWithCache }) as never;
  }
}

/** Drizzle over a client of any runtime: its driver modules choose one by themselves, this one takes what it is given. */
export function openOrm(client: Client): Orm {
  const dialect = new SQLiteAsyncDialect();
  const session = new PlainErrorSession(client, dialect, undefined, {}, undefined);
  return new LibSQLDatabase<NoRelations>("async", dialect, session, undefined);
}

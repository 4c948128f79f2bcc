import type { Client, InStatement, ResultSet, TransactionMode } from "@libsql/client";
import { isNear, isUnavailable, readsOnly } from "../../db/client.ts";
import type { NearClient } from "../../db/client.ts";
import type { Guard } from "./guard.ts";
import { guardOf } from "./guards.ts";
import type { Guarding } from "./guards.ts";

type Args = Parameters<Client["execute"]>[1];
type Statements = Parameters<Client["batch"]>[0];

/** What is wrong with a statement says nothing of the database. */
const isOwn = (error: unknown): boolean => !isUnavailable(error);

/**
 * A database client whose reads and writes are guarded apart. Reads are tried twice; of writes only those that never
 * began, as a statement need not be idempotent. A database of this process cannot be cut short and has no timeout.
 */
export class GuardedClient implements Client {
  readonly #client: Client;
  readonly #reads: Guard;
  readonly #writes: Guard;
  readonly together: NearClient["together"] | undefined;

  constructor(client: Client, guarding: Guarding) {
    this.#client = client;
    const near = isNear(client) ? client : null;
    const options = { isOwn, hasTimeout: near === null };
    this.#reads = guardOf("database-read", guarding, options);
    this.#writes = guardOf("database-write", guarding, options);
    if (near === null) return;
    this.together = (work, isInTransaction) =>
      this.#reads.runHere(() => near.together(work, isInTransaction));
  }

  get closed(): boolean {
    return this.#client.closed;
  }

  get protocol(): string {
    return this.#client.protocol;
  }

  execute(statement: InStatement | string, args?: Args): Promise<ResultSet> {
    const given = typeof statement === "string" && args !== undefined ? { sql: statement, args } : statement;
    return this.#run([given], () => this.#client.execute(given));
  }

  batch(statements: Statements, mode?: TransactionMode): Promise<ResultSet[]> {
    return this.#run(statements, () => this.#client.batch(statements, mode));
  }

  migrate(statements: InStatement[]): Promise<ResultSet[]> {
    return this.#client.migrate(statements);
  }

  executeMultiple(sql: string): Promise<void> {
    return this.#client.executeMultiple(sql);
  }

  transaction(): ReturnType<Client["transaction"]> {
    return this.#client.transaction();
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

  #run<T>(statements: Statements, work: () => Promise<T>): Promise<T> {
    const isRepeatable = readsOnly(statements);
    const guard = isRepeatable ? this.#reads : this.#writes;
    return guard.run({ work, isRepeatable });
  }
}

/** `fetch` for a client of a database far away: its connection is cut after so long. */
export function fetchWithin(timeoutMs: number): (request: Request) => Promise<Response> {
  return (request) => fetch(request, { signal: AbortSignal.timeout(timeoutMs) });
}

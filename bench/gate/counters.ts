import type { Client } from "@libsql/client";

/** What an operation asked of the stores, by the name of the count. The same in every run of the same sources. */
export type Counts = Record<string, number>;

/** What SQLite has done in a connection, over the statements that it keeps. */
const WORK = `SELECT coalesce(sum(nstep), 0) AS steps, coalesce(sum(nscan), 0) AS scans,
  coalesce(sum(nsort), 0) + coalesce(sum(naidx), 0) AS sorts FROM sqlite_stmt WHERE sql NOT LIKE '%sqlite_stmt%'`;

const TRIPS = new Set(["execute", "batch", "together", "executeMultiple"]);

/** Counts while it is on. */
export class Counters {
  counts: Counts | null = null;

  add(name: string, more = 1): void {
    if (this.counts !== null) this.counts[name] = (this.counts[name] ?? 0) + more;
  }

  /** A store whose calls are counted as `<name>.<method>`. */
  store<T extends object>(store: T, name: string): T {
    return this.#watched(store, (method) => this.add(`${name}.${method}`));
  }

  /** A client each of whose calls is one round trip; without `together`, as one of a database elsewhere. */
  client(client: Client, isNear: boolean): Client {
    const counted = this.#watched(client, (method) => {
      if (TRIPS.has(method)) this.add("database trips");
    });
    if (isNear) return counted;
    const hidden = { has: (target: Client, key: string | symbol) => key !== "together" && key in target };
    return new Proxy(counted, hidden);
  }

  #watched<T extends object>(store: T, onCall: (method: string) => void): T {
    return new Proxy(store, {
      get(target, key) {
        // With its own `this`: private fields are the store's, not the proxy's.
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function" || typeof key === "symbol") return value;
        return (...args: unknown[]): unknown => {
          onCall(key);
          return Reflect.apply(value, target, args);
        };
      },
    });
  }
}

/** Steps of SQLite's machine, rows of whole tables that were scanned, and sorts, so far. */
export async function databaseWork(client: Client): Promise<Counts> {
  const { rows } = await client.execute(WORK);
  const { steps, scans, sorts } = rows[0];
  return {
    "database steps": Number(steps),
    "rows of full scans": Number(scans),
    "sorts and built indexes": Number(sorts),
  };
}

import type { Client, InStatement } from "@libsql/client";
import type { Turns } from "./feed-isolation-turns.ts";

/** As of what is not a page in the stores: who looks up a session, or after the answer what is set, is waited for in real time. */
function isAwaited(statement: InStatement | string): boolean {
  return /\b(?:sessions|search_settings)\b/.test(typeof statement === "string" ? statement : statement.sql);
}

/**
 * A database's client as one request has it: others go first, before and after each round trip. `written` runs right after
 * a batch that writes, before anybody else does anything.
 */
export function lateClient(client: Client, turns: Turns, written: () => Promise<void>): Client {
  const late: Pick<Client, "execute" | "batch"> = {
    execute: async (statement: InStatement | string) => {
      if (typeof statement === "string") throw new TypeError("Statements come with their values");
      if (isAwaited(statement)) return client.execute(statement);
      await turns.pass();
      const result = await client.execute(statement);
      await turns.pass();
      return result;
    },
    batch: async (statements, mode) => {
      await turns.pass();
      const results = await client.batch(statements, mode);
      if (mode === "write") await written();
      await turns.pass();
      return results;
    },
  };
  return new Proxy(client, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in late ? late : target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

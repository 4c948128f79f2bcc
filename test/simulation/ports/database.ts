import { LibsqlError } from "@libsql/core/api";
import type { Client, InStatement, ResultSet } from "@libsql/client";
import type { FileClient } from "../../../src/platform/deno/file-client.ts";
import type { Chances, Invocation } from "../invocation.ts";
import { readAsNext, writeAsNext } from "../versions.ts";

type Statements = Parameters<FileClient["batch"]>[0];

/** The one database of all, and who is told of each of its states. */
export interface SharedDatabase {
  file: FileClient;
  /** Called right after a write, before anybody else does anything; `what` names its verbs and tables. */
  committed(what: string): void;
}

/**
 * Turso over HTTP as an invocation has it: a batch is atomic, and its answer may be lost. What its client then throws: 502 of
 * a proxy, before or after the work was done (`SERVER_ERROR`); `STREAM_EXPIRED` (10 s without use,
 * github.com/tursodatabase/libsql/issues/985); `SQLITE_BUSY`, as there is one writer; an answer that ends in the middle, which
 * is a SyntaxError of the client's `resp.json()`; or an answer that takes seconds.
 */
export function simClient(chances: Chances, invocation: Invocation, shared: SharedDatabase): Client {
  const trip = async <T>(what: string, writes: boolean, effect: () => Promise<T>): Promise<T> => {
    const { faults, kernel } = chances;
    const isSlow = invocation.chance(faults.dbSlow);
    // What is done is done within 3 s, before anybody has given it up.
    if (isSlow) await invocation.wait(kernel.random.next() * 3_000);
    await invocation.travel(4);
    const refusal = refusalOf(chances, invocation);
    if (refusal !== null) {
      invocation.note(`db ${what}: ${refusal.message}`);
      throw refusal;
    }
    const answered = effect();
    if (writes) shared.committed(what);
    const result = await answered;
    invocation.note(`db ${what}`);
    if (isSlow) await invocation.wait(kernel.random.next() * 6_000);
    await invocation.travel(4);
    const loss = lossOf(chances, invocation);
    if (loss === null) return result;
    invocation.note(`db ${what}: done, but ${loss.message}`);
    throw loss;
  };
  const client: Pick<Client, "execute" | "batch" | "closed" | "protocol" | "close"> = {
    closed: false,
    protocol: "http",
    close: () => undefined,
    execute: (statement: InStatement | string) => {
      const sql = typeof statement === "string" ? statement : statement.sql;
      const [given] = prepared(chances, invocation, [statement]);
      return trip(wordsOf(sql), !/^\s*select/i.test(sql), async () =>
        received(invocation, await shared.file.execute(given as InStatement)),
      );
    },
    batch: (statements, mode) => {
      const given = prepared(chances, invocation, statements as Statements);
      const what = given.map((one) => wordsOf(sqlOf(one))).join("; ");
      return trip(what, mode === "write", async () => {
        const results = await shared.file.batch(given, mode);
        return results.map((result) => received(invocation, result));
      });
    },
  };
  // Sound: what the application uses of a client is above; anything else fails at once.
  return client as Client;
}

function refusalOf({ faults }: Chances, invocation: Invocation): Error | null {
  if (invocation.chance(faults.dbFailsBefore)) return badGateway();
  if (invocation.chance(faults.dbStreamExpired))
    return new LibsqlError("The stream has expired due to inactivity", "STREAM_EXPIRED");
  if (invocation.chance(faults.dbBusy))
    return new LibsqlError("SQLite error: database is locked", "SQLITE_BUSY");
  return null;
}

function lossOf({ faults }: Chances, invocation: Invocation): Error | null {
  if (invocation.chance(faults.dbFailsAfter)) return badGateway();
  if (invocation.chance(faults.dbTruncated)) return new SyntaxError("Unexpected end of JSON input");
  return null;
}

function badGateway(): Error {
  return new LibsqlError("Server returned HTTP status 502", "SERVER_ERROR");
}

function sqlOf(statement: Statements[number]): string {
  if (typeof statement === "string") return statement;
  return Array.isArray(statement) ? statement[0] : statement.sql;
}

/** The verb and the first table, for the trace. */
function wordsOf(sql: string): string {
  const [, verb = "?"] = /^\s*(\w+)/.exec(sql) ?? [];
  const [, table = ""] = /(?:from|into|update)\s+"?(\w+)/i.exec(sql) ?? [];
  return `${verb.toLowerCase()} ${table}`;
}

/** As it is sent: random ids that SQLite draws itself are made of the seed; and as the next version writes it. */
function prepared({ kernel }: Chances, { place }: Invocation, statements: Statements): Statements {
  return statements.map((statement) => {
    const written = place.isNext ? writeAsNext(statement) : statement;
    const sql = sqlOf(written);
    if (!/random/.test(sql)) return written;
    const seed = kernel.random.below(2 ** 30);
    const drawn = sql
      .replace(/randomblob\((\d+)\)/g, (_, bytes) => drawnBytes(seed, Number(bytes)))
      .replace(/\brandom\(\)/g, `(${seed} + row_number() OVER ())`);
    if (typeof written === "string") return drawn;
    return Array.isArray(written) ? [drawn, written[1]] : { ...written, sql: drawn };
  });
}

function drawnBytes(seed: number, bytes: number): string {
  return `CAST(printf('%0${bytes}d', (${seed} + row_number() OVER ()) % ${10 ** bytes}) AS BLOB)`;
}

function received({ place }: Invocation, result: ResultSet): ResultSet {
  return place.isNext ? readAsNext(result) : result;
}

import type { Client } from "@libsql/client";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import Sqlite from "libsql";
import { openDatabase } from "../../src/db/client.ts";
import type { Database } from "../../src/db/client.ts";
import { BEFORE_ALL } from "../../src/db/queries/feed-skeleton.ts";
import type { Skeleton } from "../../src/db/queries/feed-skeleton.ts";
import { readFeed } from "../../src/db/queries/feed.ts";
import type { Statement } from "../../src/db/statement-texts.ts";
import { FileClient } from "../../src/platform/deno/file-client.ts";
import { newReceipt } from "../../src/ports/receipt.ts";
import { percentile } from "../statistics.ts";
import { openRowCounter } from "./row-counter.ts";
import type { RowCounter } from "./row-counter.ts";

const PREPARATIONS = 100;
/** Posts of a page, and one that tells whether another follows. */
const LIMIT = 21;
const PAGE = 20;

/** Milliseconds and rows of pages by one skeleton. */
export interface Reading {
  runs: number;
  p50: number;
  p99: number;
  /** Of the skeleton alone: the ids of the page. */
  idsP50: number;
  idsP99: number;
  /** As the answer tells. */
  rows: number;
  /** As SQLite counts: of the whole statement, and of the skeleton alone; `null` without a counter. */
  counted: number | null;
  idsCounted: number | null;
}

/** Milliseconds that SQLite takes to prepare a skeleton's statement, as p50: the whole of a page, and the ids alone. */
export interface Preparing {
  name: string;
  page: number;
  ids: number;
}

/** A page's place in a viewer's feed. */
export interface Place {
  viewer: string;
  after: string | null;
}

/** One file, read as the service reads it, by the client that keeps its statements. */
export class FeedReader {
  readonly client: Client;
  readonly db: Database;
  readonly #file: string;
  readonly #counter: RowCounter | null;

  constructor(file: string) {
    this.#file = file;
    this.client = new FileClient(file);
    this.db = openDatabase(() => this.client, newReceipt());
    this.#counter = openRowCounter(file);
  }

  /** The place of a page, from 1; `null` where the feed ends before. */
  async placeOf(viewer: string, page: number, skeleton: Skeleton): Promise<Place | null> {
    if (page === 1) return { viewer, after: null };
    const ids = await this.ids({ viewer, after: null }, skeleton, (page - 1) * PAGE + 1);
    return ids.length > (page - 1) * PAGE ? { viewer, after: ids[(page - 1) * PAGE - 1] } : null;
  }

  async ids({ viewer, after }: Place, skeleton: Skeleton, limit = LIMIT): Promise<string[]> {
    const rows = await this.db.all<{ id: string }>(idsStatement({ viewer, after }, skeleton, limit));
    return rows.map(({ id }) => id);
  }

  /** Reads the places in turns, each once to warm, then until there are `runs` of them. */
  async measure(places: readonly Place[], skeleton: Skeleton, runs: number): Promise<Reading> {
    const [whole, alone, rows]: number[][] = [[], [], []];
    for (const place of places) rows.push(await this.#rowsOf(place, skeleton));
    for (let run = 0; run < runs; run++) {
      const place = places[run % places.length];
      whole.push(await timed(() => readFeed(this.db, { ...place, limit: LIMIT }, skeleton)));
      const statement = idsStatement(place, skeleton, LIMIT);
      alone.push(await timed(() => this.db.all(statement)));
    }
    const counted = await this.#counted(places, skeleton);
    whole.sort((a, b) => a - b);
    alone.sort((a, b) => a - b);
    return {
      runs,
      p50: percentile(whole, 50),
      p99: percentile(whole, 99),
      idsP50: percentile(alone, 50),
      idsP99: percentile(alone, 99),
      rows: medianOf(rows),
      ...counted,
    };
  }

  /** What each page would cost beside where statements are not kept. */
  async preparing(viewer: string, skeleton: Skeleton): Promise<Preparing> {
    const place = { viewer, after: null };
    const database = new Sqlite(this.#file);
    const took = async ({ sql }: Statement) => {
      const all: number[] = [];
      for (let i = 0; i < PREPARATIONS; i++) all.push(await timed(async () => database.prepare(sql)));
      return medianOf(all);
    };
    const page = await took(await this.#pageStatement(place, skeleton));
    const ids = await took(idsStatement(place, skeleton, LIMIT));
    database.close();
    return { name: skeleton.name, page, ids };
  }

  async #rowsOf(place: Place, skeleton: Skeleton): Promise<number> {
    const { rowsLooked } = await readFeed(this.db, { ...place, limit: LIMIT }, skeleton);
    return rowsLooked ?? 0;
  }

  async #counted(places: readonly Place[], skeleton: Skeleton) {
    if (this.#counter === null) return { counted: null, idsCounted: null };
    const [whole, alone]: number[][] = [[], []];
    for (const place of places) {
      whole.push(await this.#counter.rowsOf(await this.#pageStatement(place, skeleton)));
      alone.push(await this.#counter.rowsOf(idsStatement(place, skeleton, LIMIT)));
    }
    return { counted: medianOf(whole), idsCounted: medianOf(alone) };
  }

  /** What `readFeed` sends, whatever it is made of. */
  async #pageStatement(place: Place, skeleton: Skeleton): Promise<Statement> {
    const sent: Statement[] = [];
    const watching: Database = {
      orm: this.db.orm,
      all: (statement) => {
        sent.push(statement);
        return Promise.resolve([]);
      },
    };
    await readFeed(watching, { ...place, limit: LIMIT }, skeleton);
    return sent[0];
  }

  close(): void {
    this.#counter?.close();
    this.client.close();
  }
}

function idsStatement({ viewer, after }: Place, skeleton: Skeleton, limit: number): Statement {
  const selected = skeleton.select({ viewer, after: after ?? BEFORE_ALL, limit });
  const { sql, params } = new SQLiteAsyncDialect().sqlToQuery(selected);
  return { sql, args: params as Statement["args"] };
}

export function medianOf(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    50,
  );
}

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

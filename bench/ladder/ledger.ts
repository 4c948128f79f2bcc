import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@libsql/client";
import type { Kind } from "../mixed/mix.ts";

const PAGE_VIEW = 1;
const TRIES = 150;

/** Events that were taken, and what the database made of them. */
export interface Reckoning {
  taken: number;
  /** Of those, while the database could not record them. */
  deferred: number;
  /** In the database; where an answer was lost, more than were seen to be taken. */
  recorded: number;
  missing: number;
  /** Page views that were recorded, and by how much the counters have grown. */
  pageViews: number;
  counted: number;
}

/** Notes which events were said to be taken, and looks afterwards for each of them. */
export class Ledger {
  readonly #taken = new Set<string>();
  readonly #run: string;
  readonly #databaseUrl: string;
  #deferred = 0;
  #countedBefore = 0;

  constructor(run: string, databaseUrl: string) {
    this.#run = run;
    this.#databaseUrl = databaseUrl;
  }

  async open(): Promise<void> {
    this.#countedBefore = await this.#number("SELECT sum(page_views) AS n FROM event_quarters");
  }

  watch(kind: Kind): Kind {
    if (kind.route !== "POST /v1/events") return kind;
    const next = (): ReturnType<Kind["next"]> => {
      const asked = kind.next();
      const { events } = JSON.parse(String(asked.body)) as { events: { id: string }[] };
      const onAnswer: typeof asked.onAnswer = ({ body }) => {
        const answer = JSON.parse(String(body)) as { rejected: unknown[]; deferred?: true };
        if (answer.rejected.length > 0) throw new Error(`Events are rejected: ${String(body)}`);
        for (const { id } of events) this.#taken.add(id);
        if (answer.deferred === true) this.#deferred += events.length;
      };
      return { ...asked, onAnswer };
    };
    return { ...kind, next };
  }

  /** Waits until nothing is left to record or count, for the minute's tick at most twice. */
  async settle(): Promise<Reckoning> {
    for (let tries = 0; ; tries++) {
      const reckoning = await this.#reckon();
      const isDone = reckoning.missing === 0 && reckoning.counted === reckoning.pageViews;
      if (isDone || tries === TRIES) return reckoning;
      await sleep(1_000);
    }
  }

  async #reckon(): Promise<Reckoning> {
    const like = `${this.#run}-%`;
    const rows = await this.#rows("SELECT id, type FROM events WHERE id LIKE ?", [like]);
    const recorded = new Set(rows.map(({ id }) => String(id)));
    const counted = await this.#number("SELECT sum(page_views) AS n FROM event_quarters");
    return {
      taken: this.#taken.size,
      deferred: this.#deferred,
      recorded: rows.length,
      missing: [...this.#taken].filter((id) => !recorded.has(id)).length,
      pageViews: rows.filter(({ type }) => Number(type) === PAGE_VIEW).length,
      counted: counted - this.#countedBefore,
    };
  }

  async #number(sql: string): Promise<number> {
    const [row] = await this.#rows(sql);
    return Number(row.n ?? 0);
  }

  async #rows(sql: string, args: string[] = []) {
    const client = createClient({ url: this.#databaseUrl });
    try {
      return (await client.execute({ sql, args })).rows;
    } finally {
      client.close();
    }
  }
}

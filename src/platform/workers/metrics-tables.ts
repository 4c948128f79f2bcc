import type { MinuteData } from "../../domain/metrics/flush.ts";
import { KEPT_MINUTES, MetricsStore, type StoreState } from "../../domain/metrics/store.ts";

/** A value of a Durable Object's SQLite holds 2 MB. */
const PART_CHARACTERS = 500_000;
const STATE = "state";

type Kept = Omit<StoreState, "minutes">;

/** Where the object keeps its store, so that it goes on where it was evicted. */
export class MetricsTables {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS parts (name TEXT NOT NULL, part INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (name, part)) WITHOUT ROWID",
    );
  }

  /** A new store where nothing is kept. */
  load(now: number): MetricsStore {
    const texts = new Map<string, string>();
    for (const { name, body } of this.#sql.exec<{ name: string; body: string }>(
      "SELECT name, body FROM parts ORDER BY name, part",
    )) {
      texts.set(name, (texts.get(name) ?? "") + body);
    }
    const state = texts.get(STATE);
    if (state === undefined) return new MetricsStore(now);
    texts.delete(STATE);
    // Sound: only `keep` writes these tables, and it writes what `changes` gives.
    const minutes = [...texts.values()].map((text) => JSON.parse(text) as MinuteData);
    return MetricsStore.restore({ ...(JSON.parse(state) as Kept), minutes });
  }

  /** Writes what changed and forgets what is too old. */
  keep({ minutes, ...state }: StoreState, now: number): void {
    this.#write(STATE, JSON.stringify(state));
    for (const minute of minutes) this.#write(nameOf(minute.minute), JSON.stringify(minute));
    const oldest = Math.floor(now / 60_000) - KEPT_MINUTES;
    this.#sql.exec("DELETE FROM parts WHERE name <= ?", nameOf(oldest));
  }

  #write(name: string, text: string): void {
    this.#sql.exec("DELETE FROM parts WHERE name = ?", name);
    for (let part = 0; part * PART_CHARACTERS < text.length; part++) {
      const body = text.slice(part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS);
      this.#sql.exec("INSERT INTO parts (name, part, body) VALUES (?, ?, ?)", name, part, body);
    }
  }
}

/** In the order of time, before `state`. */
function nameOf(minute: number): string {
  return `minute:${String(minute).padStart(10, "0")}`;
}

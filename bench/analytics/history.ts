import Database from "libsql";
import { createClient } from "@libsql/client";
import { migrate } from "../../src/db/migrate.ts";
import { DAY_MS, QUARTER_MS } from "../../src/domain/event.ts";
import { pick, seeded } from "../random.ts";
import type { Random } from "../random.ts";

/** One organisation's past, written straight into the tables as the folds would have left them. */
export interface History {
  users: number;
  events: number;
  /** Days up to `end`. */
  days: number;
  /** Milliseconds since the epoch. */
  end: number;
}

export const ORG_ID = "org_of_the_measurement";
const PATHS = ["/", "/reports", "/billing", "/settings", "/users", "/search", "/projects", "/inbox"];
const HOSTS = ["search.example", "news.example", "mail.example", null, null, null];
/** Of ten events: a login, seven page views, two activities. */
const TYPES = [0, 1, 1, 1, 1, 1, 1, 1, 2, 2] as const;
const LOGIN = 0;
const PAGE_VIEW = 1;
const ROWS_A_TRANSACTION = 100_000;

interface Day {
  presence: Map<number, [morning: number, evening: number]>;
  views: [Map<string, number>, Map<string, number>];
}

interface Counters {
  logins: Int32Array;
  pageViews: Int32Array;
  activities: Int32Array;
  first: Float64Array;
  last: Float64Array;
}

function newDay(): Day {
  return { presence: new Map(), views: [new Map(), new Map()] };
}

function newCounters(users: number): Counters {
  const ints = () => new Int32Array(users + 1);
  const floats = () => new Float64Array(users + 1);
  return { logins: ints(), pageViews: ints(), activities: ints(), first: floats(), last: floats() };
}

/** A few are there often, most seldom, and some never. */
function pickUser(random: Random, users: number): number {
  const active = Math.floor(users * 0.97);
  return 1 + Math.floor(active * random() ** 2.2);
}

function count(map: Map<string, number>, value: string | null): void {
  if (value !== null) map.set(value, (map.get(value) ?? 0) + 1);
}

/** Days and months since the epoch, in UTC. */
function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

class Writer {
  readonly #database: Database.Database;
  readonly #insertEvent: Database.Statement;
  readonly #counters: Counters;
  #day = newDay();
  #dayNumber = -1;
  #quarter = -1;
  #quarterCounts = [0, 0, 0];

  constructor(database: Database.Database, users: number) {
    this.#database = database;
    this.#counters = newCounters(users);
    this.#insertEvent = database.prepare(
      "INSERT INTO events (org, id, user, type, at, bot, path, referrer) VALUES (1, ?, ?, ?, ?, 0, ?, ?)",
    );
  }

  /** Events come in the order of time. */
  write(random: Random, number: number, at: number, user: number): void {
    const type = pick(random, TYPES);
    const path = type === PAGE_VIEW ? pick(random, PATHS) : null;
    const host = type === PAGE_VIEW ? pick(random, HOSTS) : null;
    this.#insertEvent.run(`evt_${number.toString(36).padStart(12, "0")}`, user, type, at, path, host);
    this.#reach(Math.floor(at / QUARTER_MS));
    this.#quarterCounts[type]++;
    this.#note(user, type, at);
    count(this.#day.views[0], path);
    count(this.#day.views[1], host);
  }

  #note(user: number, type: number, at: number): void {
    const { logins, pageViews, activities, first, last } = this.#counters;
    (type === LOGIN ? logins : type === PAGE_VIEW ? pageViews : activities)[user]++;
    first[user] ||= at;
    last[user] = at;
    const masks = this.#day.presence.get(user) ?? [0, 0];
    const bit = Math.floor(at / QUARTER_MS) % 96;
    const half = bit < 48 ? 0 : 1;
    // A number's own bits end at 32.
    const power = 2 ** (bit % 48);
    if (Math.floor(masks[half] / power) % 2 === 0) masks[half] += power;
    this.#day.presence.set(user, masks);
  }

  #reach(quarter: number): void {
    if (quarter === this.#quarter) return;
    if (this.#quarter >= 0) this.#closeQuarter();
    this.#quarter = quarter;
    const day = Math.floor(quarter / 96);
    if (day === this.#dayNumber) return;
    if (this.#dayNumber >= 0) this.#closeDay();
    this.#dayNumber = day;
  }

  #closeQuarter(): void {
    const insert = this.#database.prepare("INSERT INTO event_quarters VALUES (1, ?, ?, ?, ?)");
    insert.run(this.#quarter, ...this.#quarterCounts);
    this.#quarterCounts = [0, 0, 0];
  }

  #closeDay(): void {
    const day = this.#dayNumber;
    const presence = this.#database.prepare("INSERT INTO user_days VALUES (1, ?, ?, ?, ?)");
    const inOrder = [...this.#day.presence].sort(([a], [b]) => a - b);
    for (const [user, [morning, evening]] of inOrder) presence.run(day, user, morning, evening);
    const views = this.#database.prepare(
      "INSERT INTO view_counts VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET views = views + excluded.views",
    );
    for (const [kind, values] of this.#day.views.entries()) {
      for (const [value, total] of values) {
        views.run(kind, 0, day, value, total);
        views.run(kind, 1, monthOf(day), value, total);
      }
    }
    this.#database.prepare("INSERT INTO analytics_days VALUES (1, ?, 1)").run(day);
    this.#day = newDay();
  }

  finish(users: number, createdAt: number): void {
    this.#closeQuarter();
    this.#closeDay();
    const insert = this.#database.prepare(
      `INSERT INTO org_users (org, id, name, sort_name, logins, page_views, activities, first_activity, last_activity, created_at)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const { logins, pageViews, activities, first, last } = this.#counters;
    for (let user = 1; user <= users; user++) {
      // Not in the order of the numbers, as names are not.
      const name = `${((user * 2654435761) % 4294967296).toString(36)} user ${user}`;
      insert.run(
        `u${user}`,
        name,
        name,
        logins[user],
        pageViews[user],
        activities[user],
        first[user],
        last[user],
        createdAt,
      );
    }
  }
}

function writeEvents(database: Database.Database, { users, events, days, end }: History): void {
  const random = seeded(20261123);
  const writer = new Writer(database, users);
  const start = end - days * DAY_MS;
  const step = (days * DAY_MS) / events;
  for (let from = 0; from < events; from += ROWS_A_TRANSACTION) {
    database.exec("BEGIN");
    for (let number = from; number < Math.min(events, from + ROWS_A_TRANSACTION); number++) {
      const at = Math.floor(start + (number + random()) * step);
      writer.write(random, number, Math.min(at, end - 1), pickUser(random, users));
    }
    database.exec("COMMIT");
  }
  database.exec("BEGIN");
  writer.finish(users, start);
  database.exec("COMMIT");
}

/** A new database file with the schema (without ANALYZE, which no deployment runs) and the history of one organisation. */
export async function writeHistory(file: string, history: History): Promise<void> {
  const client = createClient({ url: `file:${file}` });
  await migrate(client).finally(() => client.close());
  const database = new Database(file);
  database.exec(
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA foreign_keys = OFF",
  );
  database
    .prepare(
      "INSERT INTO organisations (id, slug, name, number, created_at) VALUES (?, 'measured', 'Measured', 1, ?)",
    )
    .run(ORG_ID, history.end);
  database
    .prepare("INSERT INTO analytics_orgs (org, version, folded_at, retention_days) VALUES (1, 1, ?, 3650)")
    .run(history.end);
  writeEvents(database, history);
  database.exec("PRAGMA journal_mode = WAL");
  database.close();
}

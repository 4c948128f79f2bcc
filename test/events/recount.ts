import type { Client } from "@libsql/client";
import { BOT_REASONS, EVENT_TYPES } from "../../src/domain/event.ts";
import type { AnalyticsEvent } from "../../src/domain/event.ts";
import { propertiesText } from "../../src/db/queries/event-batch.ts";

/** An event that counts, and what became of it since. */
export interface Counted {
  event: AnalyticsEvent;
  /** By retention: it stays counted, but the event itself is gone. */
  forgotten: boolean;
  /** Its user was erased after retention had forgotten it: it stays in totals alone. */
  erased: boolean;
}

export interface ByType {
  logins: number;
  pageViews: number;
  activities: number;
}

export interface UserCounts extends ByType {
  name: string | null;
  isAnonymous: boolean;
  lastActivity: number;
  firstActivity: number;
  forgotten: ByType;
}

/** Everything derived from events, keyed so that it can be compared: `users` by id, the rest by its parts with blanks. */
export interface Tables {
  events: Record<string, string>;
  users: Record<string, UserCounts>;
  quarters: Record<string, ByType>;
  minutes: Record<string, ByType>;
  botDays: Record<string, number>;
  /** Quarters of the day as a text of 96 digits. */
  userDays: Record<string, string>;
  views: Record<string, number>;
}

const DAY = 86_400_000;

function none(): ByType {
  return { logins: 0, pageViews: 0, activities: 0 };
}

function add(into: ByType, { type }: AnalyticsEvent): void {
  if (type === "login") into.logins++;
  else if (type === "page_view") into.pageViews++;
  else into.activities++;
}

function at<T>(table: Record<string, T>, key: string, make: () => T): T {
  return (table[key] ??= make());
}

/** Counts by hand, one event after the other; minutes from `firstMinute` on. */
export function recount(counted: readonly Counted[], firstMinute: number): Tables {
  const tables: Tables = {
    events: {},
    users: {},
    quarters: {},
    minutes: {},
    botDays: {},
    userDays: {},
    views: {},
  };
  const named = new Map<string, [number, string]>();
  for (const one of counted) {
    const { event } = one;
    if (!one.forgotten) tables.events[event.id] = textOf(event);
    if (event.bot !== null) countBot(tables, event);
    else countPerson(tables, one, firstMinute);
    if (!one.erased) countUser(tables, one, named);
  }
  return tables;
}

function textOf({ type, userId, at: time, bot, path, referrer, properties }: AnalyticsEvent): string {
  return JSON.stringify([type, userId, time, bot, path, referrer, propertiesText(properties)]);
}

function countBot(tables: Tables, { at: time, bot }: AnalyticsEvent): void {
  const key = `${Math.floor(time / DAY)} ${bot}`;
  tables.botDays[key] = (tables.botDays[key] ?? 0) + 1;
}

function countPerson(tables: Tables, { event, erased }: Counted, firstMinute: number): void {
  add(at(tables.quarters, `${Math.floor(event.at / 900_000)}`, none), event);
  const minute = Math.floor(event.at / 60_000);
  if (minute >= firstMinute) add(at(tables.minutes, `${minute}`, none), event);
  const day = Math.floor(event.at / DAY);
  if (!erased) {
    const key = `${day} ${event.userId}`;
    const digits = [...at(tables.userDays, key, () => "0".repeat(96))];
    digits[Math.floor((event.at % DAY) / 900_000)] = "1";
    tables.userDays[key] = digits.join("");
  }
  if (event.type !== "page_view") return;
  const date = new Date(event.at);
  const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  for (const [kind, value] of [event.path, event.referrer].entries()) {
    if (value === null) continue;
    for (const key of [`${kind} day ${day} ${value}`, `${kind} month ${month} ${value}`]) {
      tables.views[key] = (tables.views[key] ?? 0) + 1;
    }
  }
}

function countUser(
  tables: Tables,
  { event, forgotten }: Counted,
  named: Map<string, [number, string]>,
): void {
  const user = at(tables.users, event.userId, () => ({
    ...none(),
    name: null,
    isAnonymous: true,
    lastActivity: 0,
    firstActivity: 0,
    forgotten: none(),
  }));
  if (event.bot !== null) return;
  add(user, event);
  if (forgotten) add(user.forgotten, event);
  if (!event.isAnonymous) user.isAnonymous = false;
  user.lastActivity = Math.max(user.lastActivity, event.at);
  user.firstActivity = user.firstActivity === 0 ? event.at : Math.min(user.firstActivity, event.at);
  if (event.userName === null) return;
  const [since, name] = named.get(event.userId) ?? [-1, ""];
  if (event.at < since || (event.at === since && event.userName < name)) return;
  named.set(event.userId, [event.at, event.userName]);
  user.name = event.userName;
}

type Row = Record<string, unknown>;

/** The same, as the database holds it for one organisation (its number). */
export async function readTables(client: Client, org: number, firstMinute: number): Promise<Tables> {
  const rows = async (sql: string): Promise<Row[]> =>
    (await client.execute({ sql, args: [org] })).rows.map((row) => ({ ...row }));
  const events = await rows(
    "SELECT e.*, u.id AS user_id FROM events e JOIN org_users u ON u.number = e.user WHERE e.org = ?",
  );
  const users = await rows("SELECT * FROM org_users WHERE org = ?");
  const quarters = await rows("SELECT * FROM event_quarters WHERE org = ?");
  const minutes = await rows("SELECT * FROM event_minutes WHERE org = ?");
  const bots = await rows("SELECT * FROM bot_days WHERE org = ?");
  const days = await rows(
    "SELECT d.*, u.id AS user_id FROM user_days d LEFT JOIN org_users u ON u.number = d.user WHERE d.org = ?",
  );
  const views = await rows("SELECT * FROM view_counts WHERE org = ?");
  return {
    events: Object.fromEntries(events.map((row) => [String(row.id), storedText(row)])),
    users: Object.fromEntries(users.map((row) => [String(row.id), storedUser(row)])),
    quarters: Object.fromEntries(quarters.map((row) => [String(row.quarter), byType(row)])),
    minutes: Object.fromEntries(
      minutes
        .filter((row) => Number(row.minute) >= firstMinute)
        .map((row) => [String(row.minute), byType(row)]),
    ),
    botDays: Object.fromEntries(
      bots.map((row) => [`${String(row.day)} ${BOT_REASONS[Number(row.reason)]}`, Number(row.events)]),
    ),
    userDays: Object.fromEntries(
      days.map((row) => [`${String(row.day)} ${String(row.user_id)}`, digitsOf(row)]),
    ),
    views: Object.fromEntries(views.map(viewOf)),
  };
}

function byType(row: Row, prefix = ""): ByType {
  return {
    logins: Number(row[`${prefix}logins`]),
    pageViews: Number(row[`${prefix}page_views`]),
    activities: Number(row[`${prefix}activities`]),
  };
}

function storedText(row: Row): string {
  const bot = Number(row.bot) === 0 ? null : BOT_REASONS[Number(row.bot) - 1];
  const type = EVENT_TYPES[Number(row.type)];
  return JSON.stringify([type, row.user_id, row.at, bot, row.path, row.referrer, row.properties]);
}

function storedUser(row: Row): UserCounts {
  return {
    ...byType(row),
    name: row.name as string | null,
    isAnonymous: row.is_anonymous === 1,
    lastActivity: Number(row.last_activity),
    firstActivity: Number(row.first_activity),
    forgotten: byType(row, "forgotten_"),
  };
}

function digitsOf({ morning, evening }: Row): string {
  const half = (mask: unknown): string =>
    [...Number(mask).toString(2).padStart(48, "0")].toReversed().join("");
  return half(morning) + half(evening);
}

function viewOf({ kind, period, start, value, views }: Row): [string, number] {
  return [
    `${String(kind)} ${period === 0 ? "day" : "month"} ${String(start)} ${String(value)}`,
    Number(views),
  ];
}

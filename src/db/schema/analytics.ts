import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

// `org` is organisations.number and `user` org_users.number everywhere: rows are many, so they are small.
// Days, months and quarters are counted from the epoch in UTC. Tables keyed as a whole are WITHOUT ROWID (in the migration).

/** One row an organisation that has events: what its derived tables stand at, and its settings. */
export const analyticsOrgs = sqliteTable(
  "analytics_orgs",
  {
    org: integer().primaryKey(),
    /** Rises with each fold, erasure and repair: what caches of the organisation's answers are keyed by. */
    version: integer().notNull().default(0),
    foldedAt: integer("folded_at").notNull().default(0),
    timeZone: text("time_zone").notNull().default("UTC"),
    /** Events are forgotten after so many days; their counters stay. */
    retentionDays: integer("retention_days").notNull().default(400),
    /** Events before this were forgotten and are never taken again: milliseconds, the start of a day in UTC. */
    forgottenBefore: integer("forgotten_before").notNull().default(0),
    /** The newest `events.number` and `org_users.number` before the last fold: what is above them, that fold brought. */
    eventMark: integer("event_mark").notNull().default(0),
    userMark: integer("user_mark").notNull().default(0),
  },
  (table) => [
    index("analytics_orgs_by_retention").on(
      sql`(${table.forgottenBefore} + ${table.retentionDays} * 86400000)`,
    ),
  ],
);

/** The users of an organisation, known by its own ids, with their counters. */
export const orgUsers = sqliteTable(
  "org_users",
  {
    number: integer().primaryKey({ autoIncrement: true }),
    org: integer().notNull(),
    id: text().notNull(),
    name: text(),
    /** The folded name, or the folded id where there is none: what the list is sorted and searched by. */
    sortName: text("sort_name").notNull(),
    /** Milliseconds since the epoch at which the name was given; the newest holds. */
    namedAt: integer("named_at").notNull().default(0),
    isAnonymous: integer("is_anonymous", { mode: "boolean" }).notNull().default(false),
    logins: integer().notNull().default(0),
    pageViews: integer("page_views").notNull().default(0),
    activities: integer().notNull().default(0),
    /** Milliseconds since the epoch of the newest event; 0 for none. */
    lastActivity: integer("last_activity").notNull().default(0),
    /** Of the oldest event; 0 for none. */
    firstActivity: integer("first_activity").notNull().default(0),
    /** Counted above, but forgotten by retention: what a recount of `events` adds. */
    forgottenLogins: integer("forgotten_logins").notNull().default(0),
    forgottenPageViews: integer("forgotten_page_views").notNull().default(0),
    forgottenActivities: integer("forgotten_activities").notNull().default(0),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("org_users_by_id").on(table.org, table.id),
    index("org_users_by_name")
      .on(table.org, table.sortName)
      .where(sql`is_anonymous = 0`),
    index("org_users_by_logins")
      .on(table.org, table.logins)
      .where(sql`is_anonymous = 0`),
    index("org_users_by_page_views")
      .on(table.org, table.pageViews)
      .where(sql`is_anonymous = 0`),
    index("org_users_by_last_activity")
      .on(table.org, table.lastActivity)
      .where(sql`is_anonymous = 0`),
  ],
);

/** Every event once, for as long as the organisation's retention keeps it. */
export const events = sqliteTable(
  "events",
  {
    number: integer().primaryKey(),
    org: integer().notNull(),
    id: text().notNull(),
    user: integer().notNull(),
    /** Index in EVENT_TYPES. */
    type: integer().notNull(),
    at: integer().notNull(),
    /** 0 for people, else 1 + the index in BOT_REASONS. */
    bot: integer().notNull().default(0),
    path: text(),
    referrer: text(),
    properties: text(),
  },
  (table) => [
    uniqueIndex("events_by_id").on(table.org, table.id),
    index("events_by_time").on(table.org, table.at),
    index("events_of_user").on(table.user, table.at),
  ],
);

/** Taken and durable, but not yet folded in: one row a request. */
export const eventBatches = sqliteTable(
  "event_batches",
  {
    id: text().primaryKey(),
    org: integer().notNull(),
    /** As `encodeBatch` of db/queries/event-batch.ts writes it. */
    body: text().notNull(),
    /** What folding it costs: its events, or the half kilobytes of its body where those are more. */
    size: integer().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  // All but the body, so that counting what is pending reads no overflow pages.
  (table) => [index("event_batches_of_org").on(table.org, table.id, table.size, table.createdAt)],
);

/** People's events by quarter of an hour. */
export const eventQuarters = sqliteTable(
  "event_quarters",
  {
    org: integer().notNull(),
    quarter: integer().notNull(),
    logins: integer().notNull().default(0),
    pageViews: integer("page_views").notNull().default(0),
    activities: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.org, table.quarter] })],
);

/** People's events by minute, for the last hours only. */
export const eventMinutes = sqliteTable(
  "event_minutes",
  {
    org: integer().notNull(),
    minute: integer().notNull(),
    logins: integer().notNull().default(0),
    pageViews: integer("page_views").notNull().default(0),
    activities: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.org, table.minute] })],
);

/** Machines' events by day in UTC and reason. */
export const botDays = sqliteTable(
  "bot_days",
  {
    org: integer().notNull(),
    day: integer().notNull(),
    reason: integer().notNull(),
    events: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.day, table.reason] })],
);

/** In which quarters of a day in UTC a user did something: bit i of `morning` is quarter i, of `evening` quarter 48 + i. */
export const userDays = sqliteTable(
  "user_days",
  {
    org: integer().notNull(),
    day: integer().notNull(),
    user: integer().notNull(),
    morning: integer().notNull(),
    evening: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.day, table.user] })],
);

/** The organisation's version at the last change of anything on a day in UTC: what is derived from the day is as new as it. */
export const analyticsDays = sqliteTable(
  "analytics_days",
  { org: integer().notNull(), day: integer().notNull(), version: integer().notNull() },
  (table) => [primaryKey({ columns: [table.org, table.day] })],
);

/** Page views by path (kind 0) and by referrer's host (kind 1), by day (period 0) and month (period 1) in UTC. */
export const viewCounts = sqliteTable(
  "view_counts",
  {
    org: integer().notNull(),
    kind: integer().notNull(),
    period: integer().notNull(),
    start: integer().notNull(),
    value: text().notNull(),
    views: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.kind, table.period, table.start, table.value] })],
);

/**
 * Active users of a day (period 0), month (1) or week (2) of a zone's calendar, and the counts of a day's hours (3); right
 * while no day it covers has a newer version. Period 9 is one row a zone: up to which version all of it is kept, and in
 * `users` the day on which it was asked for last.
 */
export const activeSketches = sqliteTable(
  "active_sketches",
  {
    org: integer().notNull(),
    zone: text().notNull(),
    period: integer().notNull(),
    start: integer().notNull(),
    users: integer().notNull(),
    sketch: blob({ mode: "buffer" }).notNull(),
    version: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.zone, table.period, table.start] }),
    index("active_sketches_states")
      .on(table.org, table.zone, table.version, table.users)
      .where(sql`period = 9`),
  ],
);

/** How many of the users first seen in a week (from Monday, in UTC) were there in a later one. */
export const cohortWeeks = sqliteTable(
  "cohort_weeks",
  {
    org: integer().notNull(),
    cohort: integer().notNull(),
    week: integer().notNull(),
    users: integer().notNull(),
    version: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.cohort, table.week] })],
);

/** Users whose data was erased: their events up to then are not taken again. Holds a digest, not the id. */
export const erasedUsers = sqliteTable(
  "erased_users",
  { org: integer().notNull(), digest: text().notNull(), erasedAt: integer("erased_at").notNull() },
  (table) => [primaryKey({ columns: [table.org, table.digest] })],
);

/** What recounts found: every difference is an alarm and was repaired. */
export const driftFindings = sqliteTable(
  "drift_findings",
  {
    id: text().primaryKey(),
    org: integer().notNull(),
    what: text().notNull(),
    kept: integer().notNull(),
    recounted: integer().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("drift_findings_of_org").on(table.org, table.id)],
);

import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Arm, Parameter, ParameterValue, Unit } from "../../domain/experiment.ts";

// `scope` is an organisation's id, or `deployment`. Tables keyed as a whole are WITHOUT ROWID (in the migration).

export const experiments = sqliteTable(
  "experiments",
  {
    /** Stands for the experiment in the tables below, whose rows are many and small. */
    number: integer().primaryKey({ autoIncrement: true }),
    scope: text().notNull(),
    name: text().notNull(),
    description: text().notNull(),
    parameter: text().$type<Parameter>().notNull(),
    control: text({ mode: "json" }).$type<ParameterValue>().notNull(),
    treatment: text({ mode: "json" }).$type<ParameterValue>().notNull(),
    unit: text().$type<Unit>().notNull(),
    share: real().notNull(),
    outcome: text().notNull(),
    salt: text().notNull(),
    startedAt: integer("started_at").notNull(),
    endedAt: integer("ended_at"),
    decision: text().$type<Arm>(),
  },
  (table) => [
    uniqueIndex("experiments_by_name").on(table.scope, table.name),
    // One at a time for each parameter of a scope: two could not be told apart.
    uniqueIndex("experiments_running")
      .on(table.scope, table.parameter)
      .where(sql`ended_at IS NULL`),
    index("experiments_ended")
      .on(table.endedAt)
      .where(sql`ended_at IS NOT NULL`),
  ],
);

/** What a scope has set for good, mostly by ending an experiment. */
export const tunings = sqliteTable(
  "tunings",
  {
    scope: text().notNull(),
    parameter: text().$type<Parameter>().notNull(),
    value: text({ mode: "json" }).$type<ParameterValue>().notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.parameter] })],
);

/** Each user or query that was seen, by a digest that no one can tell them from. */
export const experimentUnits = sqliteTable(
  "experiment_units",
  {
    experiment: integer().notNull(),
    unit: text().notNull(),
    /** Index in ARMS. */
    arm: integer().notNull(),
    /** When the arm was given first; null while only outcomes have come. */
    firstAt: integer("first_at"),
    /** Of a user's outcomes, the latest. */
    lastOutcomeAt: integer("last_outcome_at"),
    exposures: integer().notNull().default(0),
    /** Of a query: its answers that had an outcome. */
    outcomes: integer().notNull().default(0),
    totalMs: real("total_ms").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.experiment, table.unit] })],
);

/** Answers to queries that had an outcome, each once. */
export const experimentOutcomes = sqliteTable(
  "experiment_outcomes",
  { experiment: integer().notNull(), unit: text().notNull(), answer: text().notNull() },
  (table) => [primaryKey({ columns: [table.experiment, table.unit, table.answer] })],
);

/** Sums over the units of an arm that were given it: `n` exposures, `y` conversions, `t` milliseconds of a unit. */
export const experimentCounts = sqliteTable(
  "experiment_counts",
  {
    experiment: integer().notNull(),
    arm: integer().notNull(),
    units: integer().notNull(),
    n: integer().notNull(),
    y: integer().notNull(),
    t: real().notNull(),
    nn: real().notNull(),
    yy: real().notNull(),
    ny: real().notNull(),
    tt: real().notNull(),
    nt: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.experiment, table.arm] })],
);

/** Exposures of an arm by latency: `bucket` as `bucketOf` of domain/latency-histogram.ts has it. */
export const experimentLatencies = sqliteTable(
  "experiment_latencies",
  {
    experiment: integer().notNull(),
    arm: integer().notNull(),
    bucket: integer().notNull(),
    exposures: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.experiment, table.arm, table.bucket] })],
);

/** Jobs that were counted, so that one delivered again counts nothing. */
export const experimentFolds = sqliteTable(
  "experiment_folds",
  {
    job: text().primaryKey(),
    isCounted: integer("is_counted").notNull(),
    foldedAt: integer("folded_at").notNull(),
  },
  (table) => [index("experiment_folds_by_time").on(table.foldedAt)],
);

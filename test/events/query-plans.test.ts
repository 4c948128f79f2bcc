import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backlogQuery, pendingBatchesQuery } from "../../src/db/queries/event-backlog.ts";
import {
  removedEvents,
  removeUser,
  uncountBots,
  uncountSlots,
  uncountViews,
} from "../../src/db/queries/event-removal.ts";
import { knownEventsQuery } from "../../src/db/queries/events.ts";
import * as counters from "../../src/db/queries/fold-counters.ts";
import * as fold from "../../src/db/queries/fold-statements.ts";
import { orgsToForgetQuery } from "../../src/db/queries/retention.ts";
import { openTestDatabase } from "../db/open-test-database.ts";
import type { TestDatabase } from "../db/open-test-database.ts";

type Sql = Parameters<SQLiteAsyncDialect["sqlToQuery"]>[0];

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const dialect = new SQLiteAsyncDialect();

async function planOf(statement: Sql): Promise<string[]> {
  const { sql, params } = dialect.sqlToQuery(statement);
  const args = params as (string | number | null)[];
  const { rows } = await opened.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  return rows.map(({ detail }) => String(detail));
}

const args = { org: 1, batches: '["b"]', now: Date.UTC(2026, 0, 2) };
const removal = { org: 1, user: 1, limit: 2_000 };

const statements: Record<string, () => readonly Sql[]> = {
  "look known ids up": () => [knownEventsQuery("o", '["a"]')],
  "find organisations with a backlog": () => [backlogQuery(1)],
  "find organisations to forget for": () => [orgsToForgetQuery({ now: 1, limit: 10 })],
  "add users and events": () => [fold.addUsers(args), fold.addEvents(args), fold.dropIdleUsers(1)],
  "name and show users": () => [fold.nameUsers(args), fold.showKnownUsers(args)],
  "end a fold": () => [
    fold.setMarks(1),
    fold.advanceVersion(args),
    fold.dropBatches(args),
    fold.hasPending(1),
  ],
  "count what is new": () => [
    counters.countByUser(1),
    counters.countByQuarter(1),
    counters.dropMinutes(1, args.now),
    counters.countByMinute(1, args.now),
    counters.countBots(1),
    counters.markPresence(1),
    counters.countViews(1, 0),
    counters.countViews(1, 1),
    counters.stampDays(1),
  ],
  "take a user's events out of the counters": () => [
    ...uncountSlots(removal),
    ...uncountBots(removal),
    ...uncountViews(removal, 0),
    ...removeUser(removal),
  ],
};

// What is scanned: JSON, which is a virtual table, and what a statement made itself; never a table.
const OWN =
  /^SCAN (?:CONSTANT ROW|\w+ VIRTUAL TABLE|(?:gone|days|fresh|named|pending|\(subquery-\d+\)|\(join-\d+\))(?: |$))/;

test.each(Object.entries(statements))("to %s scans no table", async (_, build) => {
  for (const statement of build()) {
    const plan = await planOf(statement);
    expect(plan.filter((step) => step.startsWith("SCAN") && !OWN.test(step))).toEqual([]);
  }
});

test("a user's events are found by their index, and the newest by their number", async () => {
  const { sql, params } = dialect.sqlToQuery(removedEvents(removal));
  const { rows } = await opened.client.execute({
    sql: `EXPLAIN QUERY PLAN SELECT 1 FROM ${sql}`,
    args: params as number[],
  });
  expect(String(rows[0].detail)).toContain("events_of_user (user=? AND at<?)");
  expect(await planOf(counters.countByQuarter(1))).toContainEqual(
    expect.stringMatching(/^SEARCH events USING INTEGER PRIMARY KEY \(rowid>\?\)/),
  );
});

test("pending batches are read from the index alone, in order", async () => {
  const { sql, params } = pendingBatchesQuery(opened.db, 1, 500).toSQL();
  const { rows } = await opened.client.execute({
    sql: `EXPLAIN QUERY PLAN ${sql}`,
    args: params as (string | number)[],
  });
  expect(rows.map(({ detail }) => detail)).toEqual([
    "SEARCH event_batches USING COVERING INDEX event_batches_of_org (org=?)",
  ]);
});

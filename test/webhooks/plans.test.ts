import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { announcements } from "../../src/db/queries/webhook-announcements.ts";
import { endedQuery, overdueQuery } from "../../src/db/queries/webhook-attempts.ts";
import { listDeliveriesQuery } from "../../src/db/queries/webhook-deliveries.ts";
import { planOf } from "../db/plan-of.ts";
import type { Built } from "../db/plan-of.ts";
import { openTestDatabase } from "../db/open-test-database.ts";
import type { TestDatabase } from "../db/open-test-database.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

interface Raw {
  getQuery(): ReturnType<Built["toSQL"]>;
}

/** Statements in plain SQL tell their text by another name. */
function announcing(db: Database, which: number): Built {
  const statement = announcements(db, { event: "image.ready", sha256: "s", now: 1 })[which] as unknown as Raw;
  return { toSQL: () => statement.getQuery() };
}

const queries: Record<string, (db: Database) => Built> = {
  "announce to webhooks": (db) => announcing(db, 0),
  "write the jobs of announcements": (db) => announcing(db, 1),
  "list deliveries": (db) => listDeliveriesQuery(db, { org: "o", id: "h", before: "m", limit: 20 }),
  "find overdue deliveries": (db) => overdueQuery(db, { dueBefore: 1, limit: 100 }),
  "find ended deliveries": (db) => endedQuery(db, { endedBefore: 1, limit: 100 }),
};

test.each(Object.entries(queries))("%s goes by an index and sorts nothing", async (_, query) => {
  const plan = await planOf(opened.client, query(opened.db));
  const steps = plan.filter((step) => !step.includes("VIRTUAL TABLE"));
  expect(steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([]);
  expect(steps.some((step) => step.startsWith("SEARCH"))).toBe(true);
});

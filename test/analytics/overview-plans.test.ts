import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changedOrg } from "../../src/db/queries/analytics-version.ts";
import { weekCohorts } from "../../src/db/queries/cohorts.ts";
import { botsOf, cohortsOf, mostViewed, pointSums, settingsOf } from "../../src/db/queries/overview.ts";
import { countedLeaves, keptLeaves } from "../../src/db/queries/overview-actives.ts";
import { botsCheck, monthCheck, quartersCheck, viewsCheck } from "../../src/db/queries/recount.ts";
import { presenceCheck, usersCheck } from "../../src/db/queries/recount-users.ts";
import { zonesBehind, zonesForgotten, zonesToBegin } from "../../src/db/queries/sketches.ts";
import { openTestDatabase, type TestDatabase } from "../db/open-test-database.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const dialect = new SQLiteSyncDialect();

async function planOf(statement: SQL): Promise<string[]> {
  const query = dialect.sqlToQuery(statement);
  const { rows } = await opened.client.execute({
    sql: `EXPLAIN QUERY PLAN ${query.sql}`,
    args: query.params as (string | number)[],
  });
  return rows.map(({ detail }) => String(detail));
}

const org = changedOrg("org_1", 3);
const actives = { org, zone: "UTC", leaves: "[]" };
const days = [{ first: 1, end: 3 }];

/** What each statement reads, and by which key. */
const READS: Record<string, [statement: SQL, searched: RegExp[]]> = {
  "the organisation's settings": [
    settingsOf(org, "UTC"),
    [/SEARCH a USING INTEGER PRIMARY KEY/, /SEARCH s .*\(org=\? AND zone=\?/],
  ],
  "sums of points": [
    pointSums(org, []),
    [/SEARCH q USING PRIMARY KEY \(org=\? AND quarter>\? AND quarter<\?\)/],
  ],
  "kept sketches": [
    keptLeaves(actives),
    [
      /SEARCH s USING PRIMARY KEY \(org=\? AND zone=\? AND period=\? AND start=\?\)/,
      /SEARCH d USING PRIMARY KEY \(org=\? AND day>\? AND day<\?\)/,
    ],
  ],
  "user-days": [countedLeaves(actives, 100), [/SEARCH u USING PRIMARY KEY \(org=\? AND day>\? AND day<\?\)/]],
  "the most viewed": [
    mostViewed(org, 0, []),
    [/SEARCH v USING PRIMARY KEY \(org=\? AND kind=\? AND period=\? AND start=\? AND value>\?\)/],
  ],
  "machines' days": [botsOf(org, days), [/SEARCH b USING PRIMARY KEY \(org=\? AND day>\? AND day<\?\)/]],
  cohorts: [cohortsOf(org, 1), [/SEARCH cohort_weeks USING PRIMARY KEY \(org=\? AND cohort>\?\)/]],
  "a week's users": [
    weekCohorts({ org: 1, week: 3, first: 1 }),
    [/SEARCH u USING PRIMARY KEY \(org=\? AND day>\? AND day<\?\)/, /SEARCH o USING INTEGER PRIMARY KEY/],
  ],
};

/** Lists of the statement's own, and what has a row an organisation. */
const OWN = /^(?:json_each|leaf|l|point|p|span|s|given|c|counted|open|\(subquery|CONSTANT ROW|seen)\b|^[(]/;

function scansOf(plan: readonly string[]): string[] {
  return plan
    .flatMap((step) => (step.startsWith("SCAN ") ? [step.slice(5)] : []))
    .filter((name) => !OWN.test(name));
}

describe("an overview reads by key", () => {
  test.each(Object.entries(READS))("%s", async (_, [statement, searched]) => {
    const plan = await planOf(statement);
    for (const pattern of searched) expect(plan.join("\n")).toMatch(pattern);
    expect(scansOf(plan)).toEqual([]);
  });
});

const CHECKS = {
  quarters: quartersCheck(1, 0, 4),
  bots: botsCheck(1, 1),
  views: viewsCheck(1, 0, 1),
  months: monthCheck(1, 1, { month: 1, first: 31, end: 59 }),
  users: usersCheck({ org: 1, users: "[1]" }),
  presence: presenceCheck(1, 1, null),
  "some users' presence": presenceCheck(1, 1, "[1]"),
};

describe("a recount, and its repair, read by key", () => {
  test.each(Object.entries(CHECKS))("of %s", async (_, { find, repair }) => {
    for (const statement of [find, ...repair]) expect(scansOf(await planOf(statement))).toEqual([]);
  });
});

describe("the tick looks at organisations and states only", () => {
  const states = /^s USING COVERING INDEX active_sketches_states$/;
  test.each([
    ["zones that fell behind", zonesBehind(10), states],
    ["zones that are forgotten", zonesForgotten(1), states],
    ["large organisations", zonesToBegin({ since: 1, userDays: 10, part: 1, parts: 5 }), /^a$/],
  ])("for %s", async (_, statement, allowed) => {
    const plan = await planOf(statement);
    const scans = plan.filter((step) => step.startsWith("SCAN ")).map((step) => step.slice(5));
    for (const scan of scans) expect(scan).toMatch(allowed);
    expect(plan.join("\n")).toMatch(/SEARCH/);
  });
});

test("a statement of an organisation that has not changed reads nothing", async () => {
  const rows = await opened.db.orm.all(sql`SELECT ${org} AS number`);
  expect(rows).toEqual([{ number: null }]);
});

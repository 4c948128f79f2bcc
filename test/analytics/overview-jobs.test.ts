import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/domain/event.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { tick } from "../../src/queue/tick.ts";
import { keepSketches } from "../../src/services/analytics/sketches.ts";
import { countBetween, event, openWorld, randomEvents, type World } from "./overview-world.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

let world: World;
beforeEach(async () => {
  world = await openWorld(NOW);
});
afterEach(() => world.platform.close());

async function orgNumber(): Promise<number> {
  const { rows } = await world.platform.client.execute(
    "SELECT number FROM organisations WHERE slug = 'acme'",
  );
  return Number(rows[0].number);
}

async function settle(): Promise<void> {
  await world.work();
  while (world.platform.jobs.queued.length > 0) await world.work();
}

/** `perDay` users on each of the last `days` days, written straight into the table, as a large organisation has them. */
async function manyUserDays(perDay: number, days: number): Promise<void> {
  const org = await orgNumber();
  const today = Math.floor(NOW / DAY_MS);
  await world.platform.client.batch([
    {
      sql: `WITH RECURSIVE d(day) AS (SELECT ? UNION ALL SELECT day + 1 FROM d WHERE day < ?),
          u(user) AS (SELECT 1 UNION ALL SELECT user + 1 FROM u WHERE user < ?)
        INSERT INTO user_days SELECT ?, day, user + (? - day) * 10, 1 << (user % 48), 0 FROM d, u`,
      args: [today - days + 1, today, perDay, org, today],
    },
    {
      sql: `INSERT INTO analytics_days SELECT ?, day, 1 FROM user_days WHERE org = ? GROUP BY day`,
      args: [org, org],
    },
    { sql: "INSERT INTO analytics_orgs (org, version, folded_at) VALUES (?, 1, ?)", args: [org, NOW] },
  ]);
}

describe("of an organisation with very many active users", () => {
  test("those that would take too long to count are null, until jobs have counted them", async () => {
    await manyUserDays(12_000, 20);
    const first = await world.read("");
    const known = first.series.filter(({ active_users: users }) => users !== null);
    expect(first.series.at(-1)).toMatchObject({ active_users: 12_000 });
    expect(known.length).toBeLessThan(30);
    expect(first.totals.active_users).toBeNull();
    await settle();
    const then = await world.read("");
    expect(then.version).toBeGreaterThan(first.version);
    expect(then.series.slice(-20).map(({ active_users: users }) => users)).toEqual(Array(20).fill(12_000));
    expect(then.totals.active_users).toBe(12_000 + 19 * 10);
    expect(then.active_users_error).toBe(0);
    expect(then.rows_read).toBeLessThan(1_000);
  }, 60_000);

  test("counts beyond what a list holds are estimates, and say so", async () => {
    await manyUserDays(30_000, 4);
    await world.read("?from=2026-11-17");
    await settle();
    const body = await world.read("?from=2026-11-17");
    expect(body.active_users_error).toBeCloseTo(0.0081, 4);
    expect(Math.abs((body.totals.active_users ?? 0) / 30_030 - 1)).toBeLessThan(0.025);
    for (const { active_users: users } of body.series)
      expect(Math.abs((users ?? 0) / 30_000 - 1)).toBeLessThan(0.025);
  }, 60_000);

  test("hours are kept too, and are those of a count", async () => {
    await manyUserDays(9_000, 3);
    const query = "?from=2026-11-18&interval=hour&tz=Asia/Kathmandu";
    const counted = await world.read(query);
    await settle();
    const kept = await world.read(query);
    expect(kept.series).toEqual(counted.series);
    expect(kept.rows_read).toBeLessThan(counted.rows_read / 5);
  }, 60_000);

  test("the tick begins to keep its own zone, before anybody asks", async () => {
    await manyUserDays(2_500, 10);
    const turn = (await orgNumber()) % 15;
    const minute = Math.floor(world.platform.clock.now() / 60_000) % 15;
    world.platform.clock.advance(((turn - minute + 15) % 15) * 60_000);
    await tick(openMemoryDeps(world.platform));
    await settle();
    const { rows } = await world.platform.client.execute(
      "SELECT zone, count(*) AS n FROM active_sketches WHERE period = 0 GROUP BY zone",
    );
    expect(rows).toMatchObject([{ zone: "UTC", n: 10 }]);
  }, 60_000);

  test("a day of more users than a round trip counts is kept page by page", async () => {
    await manyUserDays(110_000, 1);
    await keepSketches(openMemoryDeps(world.platform), { org: await orgNumber(), zone: "UTC", asked: 1 });
    const { rows } = await world.platform.client.execute(
      "SELECT period, users FROM active_sketches WHERE period = 0",
    );
    expect(rows).toHaveLength(1);
    expect(Math.abs(Number(rows[0].users) / 110_000 - 1)).toBeLessThan(0.025);
  }, 60_000);
});

describe("what is kept", () => {
  const events = randomEvents(5, { count: 900, users: 70, from: NOW - 100 * DAY_MS, to: NOW });

  async function keep(zone: string): Promise<void> {
    await keepSketches(openMemoryDeps(world.platform), { org: await orgNumber(), zone, asked: 20_000 });
    world.platform.clock.advance(2_000);
  }

  test("is what is read: without the days it was made from, the numbers stay", async () => {
    await world.add(events);
    const queries = [
      "?from=2026-08-15&to=2026-11-20&interval=day",
      "?from=2026-08-15&to=2026-11-20&interval=week",
    ];
    const before = [await world.read(queries[0]), await world.read(queries[1])];
    await keep("UTC");
    await world.platform.client.execute("DELETE FROM user_days");
    const after = [await world.read(queries[0]), await world.read(queries[1])];
    for (const i of [0, 1]) {
      expect(after[i].series).toEqual(before[i].series);
      expect(after[i].totals).toEqual(before[i].totals);
    }
  });

  test("is not read for a day that has changed since, and is made anew by the tick", async () => {
    await world.add(events);
    await keep("UTC");
    const late = event("late", NOW - 10 * DAY_MS);
    await world.add([late]);
    const all = [...events, late];
    const [from, to] = [Date.parse("2026-11-01"), Date.parse("2026-11-21")];
    expect((await world.read("?from=2026-11-01")).totals.active_users).toBe(
      countBetween(all, from, to).active_users,
    );
    await tick(openMemoryDeps(world.platform));
    await settle();
    await world.platform.client.execute("DELETE FROM user_days");
    await world.platform.client.execute("UPDATE analytics_orgs SET version = version + 1");
    world.platform.clock.advance(2_000);
    expect((await world.read("?from=2026-11-01")).totals.active_users).toBe(
      countBetween(all, from, to).active_users,
    );
  });

  test("once all is fresh, ticks send no more jobs", async () => {
    await world.add(events);
    await keep("UTC");
    const minute = async () => {
      world.platform.clock.advance(60_000);
      await tick(openMemoryDeps(world.platform));
      await settle();
    };
    // What jobs themselves move on is looked at once more, and the organisation's cohorts have their turn.
    for (let i = 0; i < 4; i++) await minute();
    const sent = world.platform.jobs.sent.length;
    for (let i = 0; i < 3; i++) await minute();
    expect(world.platform.jobs.sent.slice(sent)).toEqual([]);
  });

  test("of a zone that nobody asks for in two weeks is dropped, the organisation's own is not", async () => {
    await world.add(events);
    const asked = Math.floor(NOW / DAY_MS);
    for (const zone of ["UTC", "Europe/Berlin"]) {
      await keepSketches(openMemoryDeps(world.platform), { org: await orgNumber(), zone, asked });
    }
    world.platform.clock.advance(16 * DAY_MS);
    await tick(openMemoryDeps(world.platform));
    const { rows } = await world.platform.client.execute("SELECT DISTINCT zone FROM active_sketches");
    expect(rows.map(({ zone }) => zone)).toEqual(["UTC"]);
  });

  test("is of at most 24 zones", async () => {
    await world.add(events.slice(0, 20));
    const org = await orgNumber();
    const values = Array.from({ length: 24 }, (_, i) => `(${org}, 'Zone/${i}', 9, 0, 30000, x'', 1)`);
    await world.platform.client.execute(
      `INSERT INTO active_sketches (org, zone, period, start, users, sketch, version) VALUES ${values.join()}`,
    );
    await keep("Europe/Berlin");
    const { rows } = await world.platform.client.execute(
      "SELECT count(*) AS n FROM active_sketches WHERE zone LIKE 'Eur%'",
    );
    expect(rows[0].n).toBe(0);
  });
});

describe("retention by week", () => {
  const WEEK = 7 * DAY_MS;
  const MONDAY = Date.parse("2026-11-16T00:00:00Z");

  test("counts who of the people first seen in a week came again in the later ones", async () => {
    await world.add([
      event("a", MONDAY - 2 * WEEK),
      event("b", MONDAY - 2 * WEEK + 6 * DAY_MS),
      event("a", MONDAY - WEEK),
      event("a", MONDAY),
      event("b", MONDAY),
      event("c", MONDAY - WEEK - 1),
      event("d", MONDAY + DAY_MS),
      event("visitor", MONDAY + DAY_MS, { isAnonymous: true }),
    ]);
    expect((await world.read("")).retention).toEqual([]);
    await settle();
    expect((await world.read("")).retention).toEqual([
      { cohort: "2026-11-02", users: 3, weeks: [3, 1, 2] },
      { cohort: "2026-11-09", users: 0, weeks: [0, 0] },
      { cohort: "2026-11-16", users: 1, weeks: [1] },
    ]);
  });

  test("moves who turns out to have come earlier", async () => {
    await world.add([event("a", MONDAY), event("b", MONDAY)]);
    await world.read("");
    await settle();
    expect((await world.read("")).retention).toEqual([{ cohort: "2026-11-16", users: 2, weeks: [2] }]);
    await world.add([event("a", MONDAY - 3 * WEEK)]);
    const turn = (await orgNumber()) % 60;
    const minute = Math.floor(world.platform.clock.now() / 60_000);
    world.platform.clock.advance((60 - (minute % 60) + turn) * 60_000);
    await tick(openMemoryDeps(world.platform));
    await settle();
    const { retention } = await world.read("");
    expect(retention[0]).toEqual({ cohort: "2026-10-26", users: 1, weeks: [1, 0, 0, 1] });
    expect(retention.at(-1)).toEqual({ cohort: "2026-11-16", users: 1, weeks: [1] });
  });
});

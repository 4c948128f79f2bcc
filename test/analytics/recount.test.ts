import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, dayOf } from "../../src/domain/event.ts";
import { mulberry32 } from "../../src/domain/random.ts";
import { openMemoryDeps } from "../../src/platform/memory/open.ts";
import { tick } from "../../src/queue/tick.ts";
import { recountSample } from "../../src/services/analytics/recount-sample.ts";
import { trimViews } from "../../src/services/analytics/views.ts";
import { eraseUser } from "../../src/services/events/erase-user.ts";
import { seat } from "../events/open-events.ts";
import { operatorHeaders } from "../http/open-app.ts";
import { event, openWorld, randomEvents, type World } from "./overview-world.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const TABLES = ["org_users", "event_quarters", "user_days", "bot_days", "view_counts"];

let world: World;
beforeEach(async () => {
  world = await openWorld(NOW);
  const spread = { from: NOW - 9 * DAY_MS, to: NOW };
  await world.add(randomEvents(1, { count: 300, users: 25, ...spread }));
  await world.add(randomEvents(2, { count: 60, users: 5, ...spread }), world.rival.orgId);
});
afterEach(() => world.platform.close());

function run(sql: string, args: (string | number)[] = []) {
  return world.platform.client.execute({ sql, args });
}

async function derived(): Promise<unknown> {
  const tables: unknown[] = [];
  for (const table of TABLES) {
    const { rows } = await run(`SELECT * FROM ${table}`);
    tables.push(rows.map((row) => JSON.stringify(row)).toSorted());
  }
  return tables;
}

async function admin(path: string, body?: object): Promise<Response> {
  const headers = { ...operatorHeaders(world.platform), "content-type": "application/json" };
  return world.call(`/v1/admin/analytics/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function findings(): Promise<{ what: string; kept: number; recounted: number; org: string }[]> {
  const response = await admin("drift?limit=100");
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: Awaited<ReturnType<typeof findings>> }).items;
}

async function recountAll(org: string): Promise<void> {
  const response = await admin("recount", { org });
  expect(response.status).toBe(202);
  await world.work();
  while (world.platform.jobs.queued.length > 0) await world.work();
}

async function versionOf(slug: string): Promise<number> {
  const sql =
    "SELECT version FROM analytics_orgs WHERE org = (SELECT number FROM organisations WHERE slug = ?)";
  return Number((await run(sql, [slug])).rows[0].version);
}

const ACME = "(SELECT number FROM organisations WHERE slug = 'acme')";

const DRIFTS: Record<string, [plant: string, what: RegExp]> = {
  "a counter of a user": [
    `UPDATE org_users SET page_views = page_views + 3 WHERE org = ${ACME} AND id = 'u7'`,
    /^org_users\.\d+\.page_views$/,
  ],
  "the last activity of a user": [
    `UPDATE org_users SET last_activity = 5 WHERE org = ${ACME} AND id = 'u3'`,
    /^org_users\.\d+\.last_activity$/,
  ],
  "the first activity of a user": [
    `UPDATE org_users SET first_activity = 0 WHERE org = ${ACME} AND id = 'u3'`,
    /^org_users\.\d+\.first_activity$/,
  ],
  "a quarter that counts too much": [
    `UPDATE event_quarters SET logins = logins + 1 WHERE org = ${ACME} AND quarter = (SELECT max(quarter) FROM event_quarters WHERE org = ${ACME})`,
    /^event_quarters\.\d+\.logins$/,
  ],
  "a quarter that is gone": [
    `DELETE FROM event_quarters WHERE org = ${ACME} AND quarter = (SELECT min(quarter) FROM event_quarters WHERE org = ${ACME})`,
    /^event_quarters\.\d+\./,
  ],
  "a quarter without an event": [
    `INSERT INTO event_quarters SELECT ${ACME}, max(quarter) + 1, 1, 0, 0 FROM event_quarters WHERE org = ${ACME}`,
    /^event_quarters\.\d+\.logins$/,
  ],
  "a presence that was not": [
    `UPDATE user_days SET morning = morning | 1 WHERE org = ${ACME} AND morning & 1 = 0`,
    /^user_days\.\d+\.\d+\.morning$/,
  ],
  "a presence that is gone": [
    `DELETE FROM user_days WHERE org = ${ACME} AND day = (SELECT max(day) FROM user_days WHERE org = ${ACME})`,
    /^user_days\.\d+\.\d+\./,
  ],
  "bots of a day": [
    `UPDATE bot_days SET events = events + 1 WHERE org = ${ACME}`,
    /^bot_days\.\d+\.0\.events$/,
  ],
  "bots that are gone": [`DELETE FROM bot_days WHERE org = ${ACME}`, /^bot_days\./],
  "views of a day": [
    `UPDATE view_counts SET views = views + 1 WHERE org = ${ACME} AND kind = 0 AND period = 0`,
    /^view_counts\.0\.0\.\d+\.\/p\/\d+\.views$/,
  ],
  "views of a month": [
    `UPDATE view_counts SET views = views + 1 WHERE org = ${ACME} AND kind = 1 AND period = 1`,
    /^view_counts\.1\.1\.\d+\.host\d+\.example\.views$/,
  ],
};

describe("a whole recount", () => {
  test("finds nothing where nothing is wrong, and changes nothing", async () => {
    const [before, version] = [await derived(), await versionOf("acme")];
    await recountAll("acme");
    expect(await findings()).toEqual([]);
    expect(await derived()).toEqual(before);
    expect(await versionOf("acme")).toBe(version);
  });

  test.each(Object.entries(DRIFTS))("finds and repairs %s", async (_, [plant, what]) => {
    const [before, version] = [await derived(), await versionOf("acme")];
    const planted = await run(plant);
    expect(planted.rowsAffected).toBeGreaterThan(0);
    await recountAll("acme");
    const found = await findings();
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) {
      expect(finding.what).toMatch(what);
      expect(finding.org).toBe("acme");
      expect(finding.kept).not.toBe(finding.recounted);
    }
    expect(await derived()).toEqual(before);
    expect(await versionOf("acme")).toBeGreaterThan(version);
    expect(world.platform.log.lines.map(({ event: name }) => name)).toContain("drift_found");
    await recountAll("acme");
    expect(await findings()).toHaveLength(found.length);
  });

  test("tells by how much", async () => {
    const { rows } = await run(`SELECT number, logins FROM org_users WHERE org = ${ACME} AND id = 'u1'`);
    await run("UPDATE org_users SET logins = 1000 WHERE number = ?", [Number(rows[0].number)]);
    await recountAll("acme");
    const what = `org_users.${rows[0].number}.logins`;
    expect(await findings()).toMatchObject([{ what, kept: 1_000, recounted: rows[0].logins }]);
  });

  test("makes the day's sketches stale", async () => {
    const day = dayOf(NOW) - 3;
    const stamp = `SELECT version FROM analytics_days WHERE org = ${ACME} AND day = ?`;
    const before = Number((await run(stamp, [day])).rows[0].version);
    await run(
      `UPDATE user_days SET evening = evening | 1 WHERE org = ${ACME} AND day = ? AND evening & 1 = 0`,
      [day],
    );
    await recountAll("acme");
    expect(Number((await run(stamp, [day])).rows[0].version)).toBeGreaterThan(before);
  });

  test("of one organisation leaves another's drift, of all finds it", async () => {
    await run("UPDATE org_users SET logins = logins + 1 WHERE org <> " + ACME);
    await recountAll("acme");
    expect(await findings()).toEqual([]);
    await admin("recount", {});
    while (world.platform.jobs.queued.length > 0) await world.work();
    expect((await findings()).map(({ org }) => org)).toEqual(Array(5).fill("rival"));
  });

  test("of an organisation that is not there is a 404, and only the operator may begin one", async () => {
    expect((await admin("recount", { org: "nobody" })).status).toBe(404);
    const headers = { ...world.acme.headers, "content-type": "application/json" };
    const asked = await world.call("/v1/admin/analytics/recount", { method: "POST", headers, body: "{}" });
    expect(asked.status).toBe(403);
    expect((await world.call("/v1/admin/analytics/drift", { headers })).status).toBe(403);
  });
});

describe("what is right is no drift", () => {
  test("when events were forgotten", async () => {
    await run(`UPDATE analytics_orgs SET retention_days = 5 WHERE org = ${ACME}`);
    await tick(openMemoryDeps(world.platform));
    while (world.platform.jobs.queued.length > 0) await world.work();
    const { rows } = await run(`SELECT sum(forgotten_page_views) AS n FROM org_users WHERE org = ${ACME}`);
    expect(Number(rows[0].n)).toBeGreaterThan(0);
    const before = await derived();
    await run(`UPDATE analytics_orgs SET retention_days = 400 WHERE org = ${ACME}`);
    await recountAll("acme");
    expect(await findings()).toEqual([]);
    expect(await derived()).toEqual(before);
  });

  test("when a user was erased", async () => {
    const actor = { kind: "user" as const, userId: "x", name: "x", email: "x", sessionId: null };
    const memberships = [{ orgId: world.acme.orgId, orgSlug: "acme", role: "owner" as const }];
    const ctx = { ...openMemoryDeps(world.platform), actor: { ...actor, memberships } };
    await seat(world.platform.client, world.acme.orgId, "x", "owner");
    await eraseUser(ctx, { org: "acme", userId: "u4" });
    while (world.platform.jobs.queued.length > 0) await world.work();
    await recountAll("acme");
    expect(await findings()).toEqual([]);
  });

  test("when rare values were put together", async () => {
    const at = NOW - 35 * DAY_MS;
    const paths = Array.from({ length: 1_200 }, (_, i) => event("u1", at, { path: `/rare/${i % 1_150}` }));
    await world.add(paths);
    const viewsOf = async () =>
      (
        await run(`SELECT sum(views) AS sum, count(*) AS n FROM view_counts WHERE org = ${ACME} AND kind = 0 AND period = 0
        AND start = ${dayOf(at)}`)
      ).rows[0];
    const before = await viewsOf();
    // The minute of the organisation's turn, on the day after which the list is settled.
    const org = Number((await run(`SELECT ${ACME} AS n`)).rows[0].n);
    const turn = (dayOf(at) + 32) * DAY_MS + org * 60_000;
    await trimViews({ ...openMemoryDeps(world.platform), clock: { now: () => turn } });
    const after = await viewsOf();
    expect(Number(before.n)).toBeGreaterThan(1_001);
    expect(after).toMatchObject({ sum: before.sum, n: 1_001 });
    await recountAll("acme");
    expect(await findings()).toEqual([]);
  });
});

describe("samples, a minute each", () => {
  async function sample(seed: number): Promise<number> {
    return recountSample(openMemoryDeps(world.platform), mulberry32(seed));
  }

  test("find nothing where nothing is wrong", async () => {
    for (let seed = 0; seed < 30; seed++) expect(await sample(seed)).toBe(0);
    expect(await findings()).toEqual([]);
  });

  const FOUND = [
    "a counter of a user",
    "a quarter that is gone",
    "a presence that was not",
    "bots that are gone",
    "views of a day",
  ];
  test.each(FOUND)("come upon %s, and repair what they find", async (name) => {
    await run(DRIFTS[name][0]);
    let found = 0;
    let seed = 0;
    for (; seed < 200 && found === 0; seed++) found = await sample(seed);
    expect(found).toBeGreaterThan(0);
    expect(await findings()).toHaveLength(found);
    expect(await sample(seed - 1)).toBe(0);
  });

  test("are small: three round trips, and four with a day", async () => {
    const deps = openMemoryDeps(world.platform);
    await recountSample(deps, mulberry32(1));
    expect(deps.receipt.dbTrips).toBeLessThanOrEqual(4);
  });
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { changedOrg, versionQuery } from "../../src/db/queries/analytics-version.ts";
import { orgUsers } from "../../src/db/schema/analytics.ts";
import { ANONYMOUS } from "../../src/domain/actor.ts";
import { AppError } from "../../src/domain/errors.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import {
  createMemoryPlatform,
  type MemoryDeps,
  type MemoryPlatform,
  openMemoryDeps,
} from "../../src/platform/memory/open.ts";
import { answerFor, forgetVersion, type Question } from "../../src/services/analytics/answers.ts";

const QUESTION: Question = { org: "org_a", name: "names.1", query: "all", tiers: ["edge", "kv"] };
const CREATED = Date.UTC(2026, 0, 1);

let platform: MemoryPlatform;
beforeEach(async () => {
  platform = await createMemoryPlatform();
  for (const [id, number] of [
    ["org_a", 1],
    ["org_b", 2],
  ] as const) {
    await platform.client.execute({
      sql: "INSERT INTO organisations (id, number, slug, name, created_at) VALUES (?, ?, ?, ?, ?)",
      args: [id, number, id.replace("_", "-"), id, CREATED],
    });
  }
});
afterEach(() => platform.close());

/** Adds a user, as a fold does: with a new version. */
async function addUser(org: number, id: string, at = CREATED + 1): Promise<void> {
  await platform.client.batch([
    {
      sql: "INSERT INTO org_users (org, id, sort_name, created_at) VALUES (?, ?, ?, 0)",
      args: [org, id, id],
    },
    {
      sql: "INSERT INTO analytics_orgs (org, version, folded_at) VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET version = version + 1, folded_at = ?",
      args: [org, at, at],
    },
  ]);
}

/** The ids of an organisation's users, by a guarded batch. */
async function ask(question: Question = QUESTION, deps: MemoryDeps = openMemoryDeps(platform)) {
  const answer = await answerFor({ ...deps, actor: ANONYMOUS }, question, async (known) => {
    const [[stand], rows] = await deps.db.orm.batch([
      versionQuery(deps.db, question.org),
      deps.db.orm
        .select({ id: orgUsers.id })
        .from(orgUsers)
        .where(eq(orgUsers.org, changedOrg(question.org, known)))
        .orderBy(orgUsers.id),
    ]);
    return { ...stand, value: stand.version === known ? null : rows.map(({ id }) => id) };
  });
  await deps.lifetime.settle();
  return { ...answer, trips: deps.receipt.dbTrips, rows: deps.receipt.rowsRead, told: deps.receipt.cache };
}

test("the first answer reads rows, a second within the second nothing", async () => {
  await addUser(1, "ada");
  const first = { value: ["ada"], version: 1, asOf: CREATED + 1, cache: "miss", told: "miss" };
  expect(await ask()).toEqual({ ...first, trips: 1, rows: 2 });
  expect(await ask()).toEqual({ ...first, cache: "hit", told: "hit", trips: 0, rows: 0 });
});

test("an organisation without events stands at version 0 since it was made", async () => {
  expect(await ask()).toMatchObject({ value: [], version: 0, asOf: CREATED, trips: 1 });
  platform.clock.advance(1_000);
  expect(await ask()).toMatchObject({ cache: "hit", trips: 1, rows: 1 });
});

test("events that brought nothing new change neither version nor time", async () => {
  await platform.client.execute("INSERT INTO analytics_orgs (org) VALUES (1)");
  expect(await ask()).toMatchObject({ version: 0, asOf: CREATED });
});

test("after a second the version is checked by one row, and the answer kept while it stands", async () => {
  await addUser(1, "ada");
  await ask();
  platform.clock.advance(1_000);
  expect(await ask()).toMatchObject({ value: ["ada"], cache: "hit", trips: 1, rows: 1 });
  platform.clock.advance(999);
  expect(await ask()).toMatchObject({ trips: 0 });
});

test("a new version shows within the second", async () => {
  await addUser(1, "ada");
  await ask();
  await addUser(1, "bob", CREATED + 2);
  platform.clock.advance(999);
  expect(await ask()).toMatchObject({ value: ["ada"], cache: "hit" });
  platform.clock.advance(1);
  const anew = { value: ["ada", "bob"], version: 2, asOf: CREATED + 2 };
  expect(await ask()).toMatchObject({ ...anew, cache: "miss", trips: 1 });
  expect(await ask()).toMatchObject({ ...anew, cache: "hit", trips: 0 });
});

test("one check serves every question of the organisation, and no other organisation's", async () => {
  const questions = ["a", "b", "c"].map((query) => ({ ...QUESTION, query }));
  for (const question of questions) await ask(question);
  await ask({ ...QUESTION, org: "org_b" });
  platform.clock.advance(1_000);
  const trips = [];
  for (const question of questions) trips.push((await ask(question)).trips);
  expect(trips).toEqual([1, 0, 0]);
  expect((await ask({ ...QUESTION, org: "org_b" })).trips).toBe(1);
});

test("concurrent questions share one check", async () => {
  const questions = Array.from({ length: 8 }, (_, i) => ({ ...QUESTION, query: String(i) }));
  for (const question of questions) await ask(question);
  platform.clock.advance(1_000);
  const answers = await Promise.all(questions.map((question) => ask(question)));
  expect(answers.reduce((sum, { trips }) => sum + trips, 0)).toBe(1);
});

test("a stampede on a new version makes one fill for each question", async () => {
  await Promise.all([ask(), ask({ ...QUESTION, query: "other" })]);
  await addUser(1, "ada");
  platform.clock.advance(1_000);
  const questions = Array.from({ length: 20 }, (_, i) => ({ ...QUESTION, query: i % 2 ? "all" : "other" }));
  const answers = await Promise.all(questions.map((question) => ask(question)));
  expect(answers.map(({ value }) => value)).toEqual(questions.map(() => ["ada"]));
  expect(answers.filter(({ cache }) => cache === "miss")).toHaveLength(2);
  expect(answers.reduce((sum, { trips }) => sum + trips, 0)).toBe(2);
});

test("a stampede on a cold isolate makes one fill", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
  expect(answers.reduce((sum, { trips }) => sum + trips, 0)).toBe(1);
});

test("organisations, names and queries never mix", async () => {
  await addUser(1, "ada");
  await addUser(2, "eve");
  for (let round = 0; round < 2; round++) {
    expect((await ask()).value).toEqual(["ada"]);
    expect((await ask({ ...QUESTION, org: "org_b" })).value).toEqual(["eve"]);
  }
  const deps = openMemoryDeps(platform);
  const read = async () => ({ version: 1, asOf: 1, value: "another" });
  const others = [
    { ...QUESTION, name: "others.1" },
    { ...QUESTION, query: "all " },
  ];
  for (const question of others) {
    expect((await answerFor({ ...deps, actor: ANONYMOUS }, question, read)).value).toBe("another");
    expect((await ask()).value).toEqual(["ada"]);
  }
});

test.each(["edge", "kv"] as const)(
  "another isolate checks the version alone, with the answer of %s",
  async (tier) => {
    await addUser(1, "ada");
    await ask({ ...QUESTION, tiers: [tier] });
    const other = openMemoryDeps(platform, { isolate: newIsolate() });
    const answer = await ask({ ...QUESTION, tiers: [tier] }, other);
    expect(answer).toMatchObject({ value: ["ada"], cache: "hit", trips: 1, rows: 1 });
    expect(
      await ask({ ...QUESTION, tiers: [] }, openMemoryDeps(platform, { isolate: other.isolate })),
    ).toMatchObject({
      trips: 0,
    });
  },
);

test("an outdated answer of a shared tier is not given out", async () => {
  await ask();
  await addUser(1, "ada");
  const other = openMemoryDeps(platform, { isolate: newIsolate() });
  expect(await ask(QUESTION, other)).toMatchObject({ value: ["ada"], cache: "miss", trips: 1 });
});

test("without any tier that answers, the database does", async () => {
  await addUser(1, "ada");
  const down = () => Promise.reject(new Error("down"));
  const broken = { get: down, put: down, delete: down, getBytes: down, putBytes: down };
  const deps = openMemoryDeps(platform, { edgeCache: broken, kv: broken, isolate: newIsolate() });
  expect(await ask(QUESTION, deps)).toMatchObject({ value: ["ada"], trips: 1 });
  expect(deps.lifetime.failures).toEqual([]);
});

test("while the database is away, the last answer is given for five minutes, and told stale", async () => {
  await addUser(1, "ada");
  await ask();
  const away = async () => Promise.reject(new AppError("unavailable", "The database does not answer"));
  const askAway = () => {
    const deps = openMemoryDeps(platform);
    return answerFor<string[]>({ ...deps, actor: ANONYMOUS }, QUESTION, away);
  };
  platform.clock.advance(300_000);
  expect(await askAway()).toMatchObject({ value: ["ada"], version: 1, cache: "stale" });
  platform.clock.advance(1);
  await expect(askAway()).rejects.toMatchObject({ code: "unavailable" });
});

test("a failure of any other kind is not covered up", async () => {
  await ask();
  platform.clock.advance(1_000);
  const deps = openMemoryDeps(platform);
  const bad = () => Promise.reject(new Error("no such column"));
  await expect(answerFor({ ...deps, actor: ANONYMOUS }, QUESTION, bad)).rejects.toThrow("no such column");
  expect((await ask()).cache).toBe("hit");
});

test("after a write of this isolate the version is checked at once", async () => {
  await ask();
  await addUser(1, "ada");
  forgetVersion(openMemoryDeps(platform), "org_a");
  expect(await ask()).toMatchObject({ value: ["ada"], trips: 1 });
});

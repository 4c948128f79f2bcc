import { afterEach, beforeEach, expect, test } from "vitest";
import { insertExperiment } from "../../src/db/queries/experiments.ts";
import { writeTuning } from "../../src/db/queries/tunings.ts";
import { MOST_RUNNING, MOST_SET } from "../../src/domain/experiment.ts";
import { someLine } from "../db/audit-line.ts";
import { World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const OF_A = "/v1/orgs/org_a/experiments";
const SETTINGS_A = "/v1/orgs/org_a/search-settings";
const SIZES = { name: "sizes", parameter: "search_page_size", treatment: 30 };
const by = () => ({ asker: null, audit: someLine() });

async function fill(table: "experiments" | "tunings", count: number): Promise<void> {
  const many = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const rows =
    table === "experiments"
      ? `INSERT INTO experiments (scope, name, description, parameter, control, treatment, unit, share, outcome, salt, started_at)
         ${many} SELECT 'org_' || i, 'x', '', 'search_page_size', '20', '30', 'user', 0.5, 'click', 's' || i, 0 FROM n`
      : `INSERT INTO tunings (scope, parameter, value, updated_at)
         ${many} SELECT 'org_' || i, 'search_page_size', '30', 0 FROM n`;
  await world.shop.platform.client.execute(rows);
}

async function answer(method: string, path: string, body: object, by = world.owners.org_a) {
  // Lines of one moment have no order.
  world.shop.platform.clock.advance(1);
  const response = await world.send(method, path, by, body);
  return [response.status, ((await response.json()) as { detail?: string }).detail];
}

test("as many experiments of organisations run as every isolate can hold; the deployment's own come beside them", async () => {
  await fill("experiments", MOST_RUNNING);
  expect(await answer("POST", OF_A, SIZES)).toEqual([
    409,
    "As many experiments of organisations run as the deployment holds",
  ]);
  expect((await answer("POST", "/v1/admin/experiments", SIZES, world.operator))[0]).toBe(201);
});

test("as much is set for organisations as every isolate can hold, what would be by an end counted in", async () => {
  await fill("tunings", MOST_SET - 1);
  expect((await answer("POST", OF_A, SIZES))[0]).toBe(201);
  const ranking = { parameter: "ranking", value: { proximity: 1, begins: 1, equals: 1, popularity: 1 } };
  expect((await answer("PUT", SETTINGS_A, ranking))[0]).toBe(409);
  expect((await answer("POST", `${OF_A}/sizes/end`, { decision: "treatment" }))[0]).toBe(200);
  // What is there may be set otherwise, and given back.
  expect((await answer("PUT", SETTINGS_A, { parameter: "search_page_size", value: 40 }))[0]).toBe(200);
  expect((await answer("PUT", SETTINGS_A, { parameter: "search_page_size", value: null }))[0]).toBe(200);
});

test("a setting is refused while an experiment runs on it, and only an owner or admin sets", async () => {
  expect((await answer("POST", OF_A, SIZES))[0]).toBe(201);
  expect(await answer("PUT", SETTINGS_A, { parameter: "search_page_size", value: 40 })).toEqual([
    409,
    'The experiment "sizes" is running on "search_page_size": end it first',
  ]);
  expect((await answer("PUT", SETTINGS_A, { parameter: "feed_page_size", value: 40 }))[0]).toBe(422);
  const ofOther = await answer("PUT", SETTINGS_A, { parameter: "ranking", value: null }, world.owners.org_b);
  expect(ofOther[0]).toBe(404);
});

test("starts, ends and settings are in the organisation's audit log, with what they set", async () => {
  await answer("POST", OF_A, SIZES);
  await answer("POST", `${OF_A}/sizes/end`, { decision: "treatment" });
  await answer("PUT", SETTINGS_A, { parameter: "search_page_size", value: null });
  const response = await world.send("GET", "/v1/orgs/org_a/audit", world.owners.org_a);
  const { items } = (await response.json()) as { items: Record<string, unknown>[] };
  expect(items.slice(0, 3)).toMatchObject([
    { action: "setting.changed", target: "search_page_size", facts: { value: "given back" } },
    { action: "experiment.ended", target: "sizes", facts: { decision: "treatment" } },
    {
      action: "experiment.started",
      target: "sizes",
      facts: { parameter: "search_page_size", treatment: "search_page_size=30", share: 0.5 },
    },
  ]);
});

test("who has lost the right to write since their session was read starts nothing, and leaves no line", async () => {
  const { db } = world.shop.deps();
  const asker = { userId: "nobody", roles: ["owner" as const] };
  const row = { scope: "org_a", ...SIZES, description: "", control: 20, unit: "user" as const, share: 0.5 };
  const given = { ...row, parameter: "search_page_size" as const, outcome: "click", salt: "s", startedAt: 0 };
  expect((await insertExperiment(db, given, { ...by(), asker })).inserted).toBeNull();
  const tuning = { scope: "org_a", parameter: "search_page_size" as const, value: 30, now: 0 };
  expect((await writeTuning(db, tuning, { ...by(), asker })).rows).toEqual([]);
  const { rows } = await world.shop.platform.client.execute(
    "SELECT action FROM audit_log WHERE org_id = 'org_a' AND (action LIKE 'experiment%' OR action LIKE 'setting%')",
  );
  expect(rows).toEqual([]);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { sweepExperiments } from "../../src/services/experiments/count.ts";
import { World } from "./world.ts";

const OF_A = "/v1/orgs/org_a/experiments";
const SEARCH_A = "/v1/search?q=lamp&filter=org:org_a&limit=5";
const WEIGHTS = { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 5 };

let world: World;
beforeEach(async () => {
  world = await World.open();
  const body = { name: "popular", parameter: "ranking", treatment: WEIGHTS };
  expect((await world.send("POST", OF_A, world.owners.org_a, body)).status).toBe(201);
  await world.settle();
  for (const visitor of ["ada", "bob"]) await world.search(visitor, SEARCH_A);
  await world.count();
});
afterEach(() => world.close());

async function kept(): Promise<string[]> {
  const { rows } = await world.shop.platform.client.execute(
    "SELECT unit FROM experiment_units ORDER BY unit",
  );
  return rows.map(({ unit }) => String(unit));
}

async function units(): Promise<number> {
  const response = await world.send("GET", `${OF_A}/popular`, world.owners.org_a);
  const { reading } = (await response.json()) as { reading: { arms: Record<string, { units: number }> } };
  return reading.arms.control.units + reading.arms.treatment.units;
}

test("a user whom the organisation erases is in its experiments no more; sums stay", async () => {
  expect(await kept()).toHaveLength(2);
  const ofOther = await world.send("DELETE", "/v1/orgs/org_b/users/ada", world.owners.org_b);
  expect([ofOther.status, await kept()]).toMatchObject([204, { length: 2 }]);
  const { status } = await world.send("DELETE", "/v1/orgs/org_a/users/ada", world.owners.org_a);
  expect([status, await kept()]).toMatchObject([204, { length: 1 }]);
  expect(await units()).toBe(2);
});

test("seven days after its end nobody is left in an experiment but in its sums", async () => {
  const ctx = () => ({ ...world.shop.deps(), actor: { kind: "operator" as const } });
  await world.send("POST", `${OF_A}/popular/end`, world.owners.org_a, { decision: "control" });
  world.shop.platform.clock.advance(7 * 86_400_000);
  await sweepExperiments(ctx());
  expect(await kept()).toHaveLength(2);
  world.shop.platform.clock.advance(1);
  await sweepExperiments(ctx());
  expect(await kept()).toEqual([]);
  const { rows } = await world.shop.platform.client.execute(
    "SELECT sum(units) AS units FROM experiment_counts",
  );
  expect(rows[0].units).toBe(2);
});

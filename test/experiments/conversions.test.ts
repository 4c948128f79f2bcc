import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { OF_A, RANKING, SEARCH_A, World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

describe("conversions", () => {
  const purchase = (fields: object) => ({
    events: [
      {
        id: "order-1",
        type: "activity",
        user_id: "visitor-1",
        at: new Date(world.shop.platform.clock.now()).toISOString(),
        properties: { name: "purchase" },
        ...fields,
      },
    ],
  });

  beforeEach(() => world.start(OF_A, world.owners.org_a, { ...RANKING, outcome: "purchase" }));

  async function conversions(): Promise<number> {
    const { arms } = await world.readingOf(`${OF_A}/popular`, world.owners.org_a);
    return arms.control.conversions + arms.treatment.conversions;
  }

  async function tell(org: string, body: object): Promise<void> {
    expect((await world.send("POST", "/v1/events", world.keys[org], body)).status).toBe(202);
  }

  test("come by the organisation's own name for the user, once however often they are told", async () => {
    await world.search("visitor-1", SEARCH_A);
    await world.search("visitor-2", SEARCH_A);
    await tell("org_a", purchase({}));
    await tell("org_a", purchase({}));
    await tell("org_a", purchase({ id: "order-2" }));
    expect(await conversions()).toBe(1);
  });

  test("come by the answer's id, whoever the user is", async () => {
    const { queryId } = await world.search("visitor-7", SEARCH_A);
    await tell(
      "org_a",
      purchase({ user_id: "someone", properties: { name: "purchase", query_id: queryId } }),
    );
    expect(await conversions()).toBe(1);
  });

  test.each([
    ["another activity", "org_a", { properties: { name: "look" } }],
    ["a machine's", "org_a", { user_agent: "curl/8.0" }],
    ["another organisation's user of the same name", "org_b", {}],
    ["one of before the answer", "org_a", { at: "2026-01-02T03:04:06Z" }],
    ["a forged answer's id", "org_a", { user_id: "x", properties: { name: "purchase", query_id: "AAAA" } }],
  ])("do not come of %s", async (_, org, fields) => {
    await world.search("visitor-1", SEARCH_A);
    await tell(org, purchase(fields));
    expect(await conversions()).toBe(0);
  });

  test("are counted also where the isolate that takes them had not heard of the experiment", async () => {
    await world.search("visitor-1", SEARCH_A);
    await world.count();
    const deps = world.shop.deps({ isolate: newIsolate() });
    const headers = { authorization: world.keys.org_a, "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(purchase({})) };
    expect((await createApp().fetch(new Request("http://vitrine.test/v1/events", init), deps)).status).toBe(
      202,
    );
    await deps.lifetime.settle();
    expect(await conversions()).toBe(1);
  });
});

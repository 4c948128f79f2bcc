import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { OF_A, POPULAR, RANKING, SEARCH_A, World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const OF_ALL = "/v1/admin/experiments";

const visitors = Array.from({ length: 40 }, (_, i) => `visitor-${i}`);

/** Which visitors see the popular lamp first. */
async function treated(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const visitor of visitors)
    if ((await world.search(visitor, path)).ids[0] === "org_a-brass") found.push(visitor);
  return found;
}

describe("an organisation's experiment on its own search", () => {
  beforeEach(() => world.start(OF_A, world.owners.org_a, RANKING));

  test("gives each visitor one arm, the same each time, and the answer of no other arm", async () => {
    const first = await treated(SEARCH_A);
    expect(first.length).toBeGreaterThan(8);
    expect(first.length).toBeLessThan(32);
    // From memory, by the address and by the question, in turns.
    expect(await treated(SEARCH_A)).toEqual(first);
    expect(await treated(SEARCH_A)).toEqual(first);
    expect(await treated("/v1/search?limit=5&filter=org:org_a&q=lamp")).toEqual(first);
  });

  test("has entity tags of their own for the arms, and no shared cache keeps either", async () => {
    const answers = await Promise.all(visitors.map((visitor) => world.search(visitor, SEARCH_A)));
    expect(new Set(answers.map(({ etag }) => etag)).size).toBe(2);
    expect(new Set(answers.map(({ cacheControl }) => cacheControl))).toEqual(
      new Set(["private, max-age=1, must-revalidate"]),
    );
    expect(answers.every(({ vary }) => vary?.includes("Visitor-Id"))).toBe(true);
  });

  test("counts visitors, answers and clicks, each visitor's once", async () => {
    const clickers = visitors.slice(0, 10);
    for (const visitor of visitors) {
      const { queryId } = await world.search(visitor, SEARCH_A);
      await world.search(visitor, SEARCH_A);
      const click = { query_id: queryId, product_id: "org_a-lamp", position: 0 };
      if (!clickers.includes(visitor)) continue;
      for (let i = 0; i < 3; i++) {
        const { status } = await world.send("POST", "/v1/search/clicks", "", click);
        expect(status).toBe(204);
      }
    }
    const { arms } = await world.readingOf(`${OF_A}/popular`, world.owners.org_a);
    expect(arms.control.units + arms.treatment.units).toBe(40);
    expect(arms.control.exposures + arms.treatment.exposures).toBe(80);
    expect(arms.control.conversions + arms.treatment.conversions).toBe(10);
    expect(arms.treatment.units).toBe((await treated(SEARCH_A)).length);
  });

  test.each([
    ["a machine", { "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" }],
    ["who asks not to be tracked", { "sec-gpc": "1" }],
    ["a page that nobody saw", { "sec-purpose": "prefetch" }],
  ])("does not count %s, whom it shows what is set", async (_, headers) => {
    for (const visitor of visitors) {
      const { ids, queryId } = await world.search(visitor, SEARCH_A, headers);
      expect([ids[0], queryId]).toEqual(["org_a-lamp", null]);
    }
    const { arms } = await world.readingOf(`${OF_A}/popular`, world.owners.org_a);
    expect(arms.control.units + arms.treatment.units).toBe(0);
  });

  test("ends with the page it began with: its cursor says how it was ranked", async () => {
    const [visitor] = await treated(SEARCH_A);
    const read = async (cut: boolean) => {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page = await world.search(visitor, `${SEARCH_A}${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.ids);
        if (cut && cursor === "") {
          await world.send("POST", `${OF_A}/popular/end`, world.owners.org_a, { decision: "control" });
          await world.settle();
        }
        cursor = page.nextCursor;
      }
      return seen;
    };
    const whole = await read(false);
    expect(new Set(whole).size).toBe(42);
    expect(await read(true)).toEqual(whole);
  });

  test("ended for the treatment it is set for all of the organisation's search, by one change", async () => {
    const end = await world.send("POST", `${OF_A}/popular/end`, world.owners.org_a, {
      decision: "treatment",
    });
    expect(await end.json()).toMatchObject({ decision: "treatment", ended_at: expect.any(String) });
    await world.settle();
    expect(await treated(SEARCH_A)).toEqual(visitors);
    const { queryId, cacheControl } = await world.search("ada", SEARCH_A);
    expect([queryId, cacheControl]).toEqual([null, "public, max-age=1, must-revalidate"]);
    const settings = await world.send("GET", "/v1/orgs/org_a/search-settings", world.owners.org_a);
    expect(((await settings.json()) as { items: unknown[] }).items[0]).toMatchObject({
      value: POPULAR,
      from: "own",
    });
    const back = { parameter: "ranking", value: null };
    expect((await world.send("PUT", "/v1/orgs/org_a/search-settings", world.owners.org_a, back)).status).toBe(
      200,
    );
    await world.settle();
    expect(await treated(SEARCH_A)).toEqual([]);
  });

  test("ended for the control it leaves everything as it was; ending it otherwise is refused", async () => {
    for (const expected of [200, 200])
      expect(
        (await world.send("POST", `${OF_A}/popular/end`, world.owners.org_a, { decision: "control" })).status,
      ).toBe(expected);
    const other = await world.send("POST", `${OF_A}/popular/end`, world.owners.org_a, {
      decision: "treatment",
    });
    expect(other.status).toBe(409);
    await world.settle();
    expect(await treated(SEARCH_A)).toEqual([]);
  });
});

test("one organisation's experiments and settings change not a byte for another, nor for the search of all", async () => {
  const paths = [
    "/v1/search?q=lamp",
    "/v1/search?q=lamp&filter=org:org_b",
    "/v1/search?q=lamp&filter=org:org_a,org_b",
  ];
  const ask = async () => {
    const seen: (string | null)[] = [];
    for (const path of paths)
      for (const visitor of visitors.slice(0, 8)) {
        const { text, etag, queryId, cacheControl } = await world.search(visitor, path);
        seen.push(text.replace(/"took_ms":[\d.]+/, ""), etag, queryId, cacheControl);
      }
    return seen;
  };
  const before = await ask();
  await world.start(OF_A, world.owners.org_a, RANKING);
  await world.start(OF_A, world.owners.org_a, {
    name: "sizes",
    parameter: "search_page_size",
    treatment: 30,
  });
  expect((await treated(SEARCH_A)).length).toBeGreaterThan(0);
  expect(await ask()).toEqual(before);
  await world.send("POST", `${OF_A}/popular/end`, world.owners.org_a, { decision: "treatment" });
  await world.settle();
  expect((await treated(SEARCH_A)).length).toBe(visitors.length);
  expect(await ask()).toEqual(before);
});

test("the deployment's experiment is on all searches, but where an organisation has its own", async () => {
  await world.start(OF_ALL, world.operator, RANKING);
  const everywhere = await world.search(visitors[0], "/v1/search?q=lamp");
  expect(everywhere.queryId).not.toBeNull();
  await world.start(OF_A, world.owners.org_a, { ...RANKING, name: "own" });
  for (const visitor of visitors) await world.search(visitor, SEARCH_A);
  const own = await world.readingOf(`${OF_A}/own`, world.owners.org_a);
  const all = await world.readingOf(`${OF_ALL}/popular`, world.operator);
  expect(own.arms.control.units + own.arms.treatment.units).toBe(40);
  expect(all.arms.control.units + all.arms.treatment.units).toBe(1);
});

test("by query, everybody who asks the same gets the same arm", async () => {
  const queries = Array.from({ length: 30 }, (_, i) => `lamp ${i}`);
  await world.start(OF_ALL, world.operator, {
    name: "sizes",
    parameter: "search_page_size",
    treatment: 30,
    unit: "query",
  });
  const sizes = async (visitor: string) => {
    const found: number[] = [];
    for (const q of queries)
      found.push((await world.search(visitor, `/v1/search?q=${encodeURIComponent(q)}`)).ids.length);
    return found;
  };
  const one = await sizes("ada");
  expect(new Set(one)).toEqual(new Set([20, 30]));
  expect(await sizes("bob")).toEqual(one);
  const { arms } = await world.readingOf(`${OF_ALL}/sizes`, world.operator);
  expect(arms.control.units + arms.treatment.units).toBe(30);
  expect(arms.control.exposures + arms.treatment.exposures).toBe(60);
});

test("a request that names its limit is in no experiment on the page's size", async () => {
  await world.start(OF_ALL, world.operator, { name: "sizes", parameter: "search_page_size", treatment: 30 });
  for (const visitor of visitors) {
    const { ids, queryId } = await world.search(visitor, "/v1/search?q=lamp&limit=20");
    expect([ids.length, queryId]).toEqual([20, null]);
  }
});

test.each([
  ["an unknown parameter", { ...RANKING, parameter: "speed" }, 422],
  ["a weight too great", { ...RANKING, treatment: { ...POPULAR, popularity: 11 } }, 422],
  ["a weight too few", { ...RANKING, treatment: { proximity: 1 } }, 422],
  ["a size for weights", { ...RANKING, treatment: 20 }, 422],
  ["a size out of bounds", { name: "x", parameter: "search_page_size", treatment: 0 }, 422],
  ["a share of all", { ...RANKING, share: 1 }, 422],
  ["a name with spaces", { ...RANKING, name: "a b" }, 422],
  ["a treatment that is set already", { name: "x", parameter: "search_page_size", treatment: 20 }, 422],
  ["a parameter of the deployment", { name: "x", parameter: "feed_page_size", treatment: 30 }, 422],
  ["a member too many", { ...RANKING, arms: 3 }, 422],
])("%s is refused", async (_, body, status) => {
  expect((await world.send("POST", OF_A, world.owners.org_a, body)).status).toBe(status);
});

test("a second experiment on a parameter is refused, and a name is used once", async () => {
  await world.start(OF_A, world.owners.org_a, RANKING);
  const again = await world.send("POST", OF_A, world.owners.org_a, { ...RANKING, name: "other" });
  expect([again.status, ((await again.json()) as { detail: string }).detail]).toEqual([
    409,
    'The experiment "popular" is running on "ranking": end it first',
  ]);
  await world.send("POST", `${OF_A}/popular/end`, world.owners.org_a, { decision: "control" });
  expect((await world.send("POST", OF_A, world.owners.org_a, RANKING)).status).toBe(409);
  await world.start(OF_A, world.owners.org_a, { ...RANKING, name: "other" });
});

test("an organisation's experiments are nobody else's to see: by name, in lists, nor by the operator", async () => {
  await world.start(OF_A, world.owners.org_a, RANKING);
  const status = async (path: string, by: string) => (await world.send("GET", path, by)).status;
  expect(await status(`${OF_A}/popular`, world.owners.org_b)).toBe(404);
  expect(await status("/v1/orgs/org_b/experiments/popular", world.owners.org_b)).toBe(404);
  expect(await status(`${OF_A}/popular`, world.operator)).toBe(403);
  expect(await status(`${OF_ALL}/popular`, world.operator)).toBe(404);
  const list = await world.send("GET", OF_ALL, world.operator);
  expect(await list.json()).toEqual({ items: [], next_cursor: null });
});

test.each(["AAAA", "", "x".repeat(700)])("a click of no answer (%#) is refused", async (queryId) => {
  const click = { query_id: queryId, product_id: "p", position: 0 };
  expect((await world.send("POST", "/v1/search/clicks", "", click)).status).toBe(422);
});

test("a click is told within a day", async () => {
  await world.start(OF_A, world.owners.org_a, RANKING);
  const { queryId } = await world.search("ada", SEARCH_A);
  const click = { query_id: queryId, product_id: "p", position: 0 };
  world.shop.platform.clock.advance(86_400_001);
  expect((await world.send("POST", "/v1/search/clicks", "", click)).status).toBe(422);
});

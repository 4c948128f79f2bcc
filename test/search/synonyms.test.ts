import { afterEach, beforeEach, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { compileSynonyms } from "../../src/services/search/synonyms.ts";
import { product, Shop } from "./shop.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  await shop.write(
    product("a", { title: "Slim notebook" }),
    product("b", { title: "Laptop sleeve" }),
    product("c", { title: "Drawing tablet" }),
    product("d", { title: "iPad" }),
    product("e", { title: "Flat screen television" }),
    product("f", { title: "Screen cleaner, flat pack" }),
  );
});
afterEach(() => shop.close());

const app = createApp();
const RULES = {
  groups: [
    ["laptop", "notebook"],
    ["tv", "flat screen"],
  ],
  one_way: [{ from: "iPads", to: ["tablet"] }],
};

function put(body: unknown, headers: Record<string, string> = {}) {
  const { operatorKey } = shop.platform.config;
  const request = new Request("http://vitrine.test/v1/search/synonyms", {
    method: "PUT",
    headers: { authorization: `Bearer ${operatorKey}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return app.fetch(request, shop.deps());
}

test("words of a group find each other, one-way words do not, and several words stand side by side", async () => {
  const isolate = shop.otherIsolate();
  expect(await shop.find("laptop", isolate)).toEqual(["b"]);
  expect((await put(RULES)).status).toBe(200);
  expect(await shop.find("laptops", isolate)).toEqual(["a", "b"]);
  expect(await shop.find("notebook", isolate)).toEqual(["a", "b"]);
  expect(await shop.find("ipad", isolate)).toEqual(["c", "d"]);
  expect(await shop.find("tablet", isolate)).toEqual(["c"]);
  expect(await shop.find("tv", isolate)).toEqual(["e"]);
});

test("a write that expects another version is refused and changes nothing", async () => {
  const first = await put(RULES);
  const etag = first.headers.get("etag") ?? "";
  expect((await put({ groups: [] }, { "if-match": etag })).status).toBe(200);
  const late = await put(RULES, { "if-match": etag });
  expect(late.status).toBe(412);
  expect(await late.json()).toMatchObject({ code: "precondition_failed" });
  expect(await shop.find("laptop")).toEqual(["b"]);
});

test.each([
  ["no list", { groups: {} }],
  ["a group of one", { groups: [["laptop"]] }],
  ["an empty word", { groups: [["laptop", " "]] }],
  ["a long word", { groups: [["laptop", "x".repeat(65)]] }],
  ["too many", { groups: Array.from({ length: 1_001 }, () => ["a", "b"]) }],
  ["an unknown field", { synonyms: [] }],
])("%s is refused", async (_, body) => {
  const answer = await put(body);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: "invalid_input" });
});

test.each([null, 7, { groups: [7], one_way: [] }, { groups: [], one_way: [null] }])(
  "stored rules of an unknown shape (%j) give no synonyms",
  (value) => {
    expect(compileSynonyms(value).size).toBe(0);
  },
);

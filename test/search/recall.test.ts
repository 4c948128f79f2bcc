import { afterEach, beforeEach, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import type { SearchPage } from "../../src/services/search/page.ts";
import { product, Shop } from "./shop.ts";

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  await shop.write(product("a", { title: "Brass lamp" }), product("b", { title: "Paper lamp" }));
});
afterEach(() => shop.close());

const app = createApp();

async function ask(path: string): Promise<{ cache: string; page: SearchPage; link: string | null }> {
  const response = await app.fetch(new Request(`http://vitrine.test${path}`), shop.deps());
  expect(response.status).toBe(200);
  const cache = /cache;desc="(\w+)"/.exec(response.headers.get("server-timing") ?? "")?.[1] ?? "";
  return { cache, page: (await response.json()) as SearchPage, link: response.headers.get("link") };
}

test("an address asked again gets the same answer from memory, with its Link", async () => {
  const first = await ask("/v1/search?q=lamp&limit=1");
  const second = await ask("/v1/search?q=lamp&limit=1");
  expect([first.cache, second.cache]).toEqual(["miss", "hit"]);
  expect(second.page).toEqual(first.page);
  expect(second.link).toBe(first.link);
  const third = await ask("/v1/search?limit=1&q=lamp");
  expect([third.cache, third.page]).toEqual(["hit", first.page]);
});

test("what an address was answered is not recalled once the catalogue has changed", async () => {
  await ask("/v1/search?q=lamp");
  await ask("/v1/search?q=lamp");
  await shop.remove("a");
  shop.platform.clock.advance(2_000);
  const { cache, page } = await ask("/v1/search?q=lamp");
  expect(cache).toBe("miss");
  expect(page.items.map(({ id }) => id)).toEqual(["b"]);
});

test("a wrong address is refused each time", async () => {
  for (let i = 0; i < 2; i++) {
    const response = await app.fetch(new Request("http://vitrine.test/v1/search?filter=x"), shop.deps());
    expect(response.status).toBe(400);
  }
});

import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { feedWorld, shownTexts } from "./feed-fixture.ts";

const world = feedWorld();
const OLD = 55;
const SOON = { timeout: 8_000 };
const numbered = Array.from({ length: OLD }, (_, at) => `Old post ${at}`);

describeShop(
  "reading on in the feed",
  (shop) => {
    it("shows each post of three pages once, while new ones are written", async () => {
      for (const text of numbered) await world.post("bea", { text });
      const page = await world.openAs(shop, "ada");
      expect((await shownTexts(page)).length).toBe(20);
      for (const count of [40, OLD]) {
        await world.post("bea", { text: `Written while reading, before ${count}` });
        await page.locator(".post").last().scrollIntoViewIfNeeded();
        await expect.poll(() => shownTexts(page).then(({ length }) => length), SOON).toBe(count);
      }
      expect(await shownTexts(page)).toEqual(numbered.toReversed());
      expect(await page.getByText("You have seen everything.").isVisible()).toBe(true);
      const button = page.locator("#new-posts button", { hasText: "2 new posts" });
      await button.waitFor();
      await button.click();
      await expect.poll(() => shownTexts(page).then(({ length }) => length), SOON).toBe(OLD + 2);
      const texts = await shownTexts(page);
      expect(new Set(texts).size).toBe(OLD + 2);
      expect(texts.slice(2)).toEqual(numbered.toReversed());
    });

    it("brings back who returns to where they were", async () => {
      const page = await world.openAs(shop, "ada");
      const read = page.getByText("Old post 3", { exact: true });
      await readTo(page, read);
      const before = await read.boundingBox();
      expect(before?.y).toBeGreaterThan(0);
      await page.goto(`${shop.url}/upload`);
      await page.goBack();
      const moved = async () => Math.abs(((await read.boundingBox())?.y ?? Infinity) - (before?.y ?? 0));
      await expect.poll(moved, SOON).toBeLessThan(3);
    });

    it("goes on by the link for the keyboard, with the focus on what has come", async () => {
      const page = await world.openAs(shop, "ada", "/robots.txt");
      // Without the observer nothing comes by itself, as in a browser that has none.
      await page.addInitScript(() => {
        globalThis.IntersectionObserver = class {
          observe() {}
          unobserve() {}
        } as unknown as typeof IntersectionObserver;
      });
      await page.goto(`${shop.url}/feed`);
      await page.locator("[data-live]").first().waitFor({ state: "attached" });
      await page.getByRole("link", { name: "Older posts" }).focus();
      await page.keyboard.press("Enter");
      await expect.poll(() => page.locator(".post").count(), SOON).toBe(40);
      const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-post"));
      expect(focused).toBe(await page.locator(".post").nth(20).getAttribute("data-post"));
    });

    it("says why older posts do not come, and goes on when asked", async () => {
      const page = await world.openAs(shop, "ada", "/robots.txt");
      await page.route("**/v1/feed?*", (route) => route.fulfill({ status: 503, body: "{}" }));
      await page.goto(`${shop.url}/feed`);
      await page.locator(".post").last().scrollIntoViewIfNeeded();
      const failed = page.locator("#feed-end [data-part=failed]");
      await failed.waitFor();
      expect(await failed.innerText()).toContain("Older posts did not come");
      await page.unroute("**/v1/feed?*");
      await failed.getByRole("button", { name: "Try again" }).click();
      await expect.poll(() => page.locator(".post").count(), SOON).toBeGreaterThan(20);
    });

    it("asks for nothing while it is hidden", async () => {
      const page = await world.openAs(shop, "ada", "/robots.txt");
      await page.addInitScript(() => {
        Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
      });
      const asked: string[] = [];
      page.on("request", (request) => request.url().includes("/v1/feed/live") && asked.push(request.url()));
      await page.goto(`${shop.url}/feed`);
      await page.locator("[data-live]").first().waitFor({ state: "attached" });
      expect(asked).toEqual([]);
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  world.open,
);

async function readTo(page: Page, wanted: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await page.locator(".post").last().scrollIntoViewIfNeeded();
      return wanted.count();
    }, SOON)
    .toBe(1);
  await wanted.scrollIntoViewIfNeeded();
}

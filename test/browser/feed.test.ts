import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { cardOf, feedWorld, nameOf } from "./feed-fixture.ts";
import { drawnFile } from "./upload-files.ts";

const world = feedWorld();

describeShop(
  "the feed of two people at once",
  (shop) => {
    it("is for who is signed in, and leads back", async () => {
      const page = await shop.open("/feed");
      expect(page.url()).toBe(`${shop.url}/sign-in?next=%2Ffeed`);
    });

    it("brings a post with a picture and a product to a friend without a reload, and the like back", async () => {
      await world.post("bea", { text: "What was there before" });
      const bea = await world.openAs(shop, "bea", "/feed", { viewport: { width: 390, height: 844 } });
      const ada = await world.openAs(shop, "ada");
      const read = bea.locator(".post").first();
      const before = await topOf(bea);
      const text = "A lamp for the harbour";
      await writeWithAll(ada, text);
      const mine = cardOf(ada, text);
      await mine.and(ada.locator("[data-post^=post_]")).waitFor();
      expect(await mine.locator(".post-product-title").innerText()).toContain("table lamp");
      await expect.poll(() => mine.locator(".post-picture img").count()).toBe(1);

      const button = bea.locator("#new-posts button");
      await button.waitFor();
      expect(await button.innerText()).toBe("1 new post");
      expect(await topOf(bea)).toBe(before);
      expect(await cardOf(bea, text).count()).toBe(0);
      const shown = await read.getAttribute("data-post");
      await button.click();
      const card = cardOf(bea, text);
      await card.waitFor();
      expect(await bea.locator(".post").nth(1).getAttribute("data-post")).toBe(shown);
      expect(await bea.evaluate(() => document.activeElement?.getAttribute("data-post"))).toBe(
        await card.getAttribute("data-post"),
      );
      expect(await button.isHidden()).toBe(true);
      const picture = card.locator(".post-picture img");
      await expect
        .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
        .toBeGreaterThan(0);

      await card.getByRole("button", { name: /^Like/ }).click();
      await bea.locator("#announcer", { hasText: "Liked" }).waitFor({ state: "attached" });
      await ada.reload();
      expect(await cardOf(ada, text).locator("[data-like-count]").innerText()).toBe("1");
      expect(await cardOf(ada, text).locator(".like-button").getAttribute("aria-pressed")).toBe("false");
      await bea.reload();
      expect(await card.locator(".like-button").getAttribute("aria-pressed")).toBe("true");
    });

    it("shows a comment of the other's where the post stands, and older ones on demand", async () => {
      const { id } = await world.post("ada", { text: "A post with much to say about" });
      for (let at = 0; at < 4; at++) await world.comment("ada", id, `Remark ${at}`);
      const bea = await world.openAs(shop, "bea");
      const card = cardOf(bea, "A post with much to say about");
      const texts = () => card.locator(".comment-text").allInnerTexts();
      expect(await texts()).toEqual(["Remark 2", "Remark 3"]);
      await card.getByRole("link", { name: "See all 4 comments" }).click();
      await expect.poll(texts).toEqual(["Remark 0", "Remark 1", "Remark 2", "Remark 3"]);
      await card.getByLabel("Write a comment").fill("Mine, <b>plain</b>");
      await card.getByRole("button", { name: "Send" }).click();
      await expect
        .poll(texts)
        .toEqual(["Remark 0", "Remark 1", "Remark 2", "Remark 3", "Mine, <b>plain</b>"]);
      expect(await card.locator("[data-comment-count]").innerText()).toBe("5 comments");
      const ada = await world.openAs(shop, "ada");
      const seen = cardOf(ada, "A post with much to say about");
      expect(await seen.locator(".comment-text").last().innerText()).toBe("Mine, <b>plain</b>");
      // Who wrote the post may delete what others wrote below it; who did not, their own alone.
      expect(await card.getByRole("button", { name: /^Delete comment of/ }).count()).toBe(1);
      const own = seen.locator(".comment").last();
      await own.getByRole("button", { name: `Delete comment of ${nameOf("bea")}` }).click();
      await own.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await own.filter({ hasText: "Mine" }).waitFor({ state: "detached" });
      await bea.reload();
      expect(await card.locator("[data-comment-count]").innerText()).toBe("4 comments");
    });

    it("is empty of who is blocked, at the next look", async () => {
      await world.post("cem", { text: "Cem was here" });
      const ada = await world.openAs(shop, "ada");
      expect(await cardOf(ada, "Cem was here").count()).toBe(1);
      await world.ask("cem", "PUT /v1/blocks/ada");
      await ada.reload();
      expect(await cardOf(ada, "Cem was here").count()).toBe(0);
    });

    it("says what to do where there is nothing yet", async () => {
      const dua = await world.openAs(shop, "dua");
      expect(await dua.locator("#feed-empty").innerText()).toContain("no friends yet");
      expect(await dua.getByRole("link", { name: "Find people" }).getAttribute("href")).toBe("/friends");
      await dua.locator("#post-text").fill("The first");
      await dua.getByRole("button", { name: "Post", exact: true }).click();
      await cardOf(dua, "The first").waitFor();
      expect(await dua.locator("#feed-empty").isHidden()).toBe(true);
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  world.open,
);

async function writeWithAll(page: Page, text: string): Promise<void> {
  await page.locator("#post-text").fill(text);
  await page.locator("#post-files").setInputFiles([await drawnFile(page, "harbour.jpg", { hue: 20 })]);
  await page.locator("#product-part summary").click();
  await page.keyboard.type("table lamp");
  await page.locator("#product-options [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Post", exact: true }).click();
}

async function topOf(page: Page): Promise<number | undefined> {
  return (await page.locator(".post").first().boundingBox())?.y;
}

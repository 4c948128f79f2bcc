import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { cardOf, feedWorld, shownTexts } from "./feed-fixture.ts";
import type { Friend } from "./feed-fixture.ts";
import { drawnFile, textFile } from "./upload-files.ts";

const world = feedWorld();
const WITHOUT = { javaScriptEnabled: false };

describeShop(
  "the feed without script",
  (shop) => {
    const open = (who: Friend, path?: string) => world.openAs(shop, who, path, WITHOUT);

    it("posts a text with a picture and a product that is searched for", async () => {
      const drawing = await shop.open("/robots.txt");
      const page = await open("ada");
      await page.locator("#post-text").fill("By a form alone");
      await page.locator("#post-files").setInputFiles([await drawnFile(drawing, "plain.jpg", { hue: 40 })]);
      await page.locator("#product-part summary").click();
      await page.locator("#product-q").fill("kettle");
      await page.getByRole("button", { name: "Search", exact: true }).click();
      await page.locator(".found-product").first().getByRole("radio").check();
      // The picture has been uploaded on the way, and is not lost by the search.
      expect(await page.locator("#attachments input[name=image]").isChecked()).toBe(true);
      await page.getByRole("button", { name: "Post", exact: true }).click();
      await page.waitForURL(`${shop.url}/feed?done=post`);
      expect(await page.getByText("Your post is there.").count()).toBe(1);
      const card = cardOf(page, "By a form alone");
      expect(await card.locator(".post-picture img").count()).toBe(1);
      expect(await card.locator(".post-product-title").innerText()).toContain("kettle");
    });

    it("keeps the text where a file is no picture, and says so", async () => {
      const page = await open("ada");
      await page.locator("#post-text").fill("With a broken file");
      await page.locator("#post-files").setInputFiles([textFile("broken.jpg")]);
      await page.getByRole("button", { name: "Post", exact: true }).click();
      expect(await page.locator("#post-files-error").innerText()).toContain(
        "There is no picture in this file",
      );
      expect(await page.locator("#post-text").inputValue()).toBe("With a broken file");
      expect(await page.title()).toMatch(/^Error: /);
      expect(await cardOf(page, "With a broken file").count()).toBe(0);
    });

    it("says what is wrong with a post of nothing", async () => {
      const page = await open("ada");
      await page.getByRole("button", { name: "Post", exact: true }).click();
      expect(await page.locator("#post-problem").innerText()).toContain("Write something, or add a picture");
    });

    it("likes, takes the like back, comments and deletes, and comes back to where it was", async () => {
      const { id } = await world.post("bea", { text: "For the forms" });
      const page = await open("ada");
      const card = cardOf(page, "For the forms");
      const like = card.getByRole("button", { name: /^Like/ });
      await like.click();
      await page.waitForURL(`${shop.url}/feed#p-${id}`);
      expect(await like.getAttribute("aria-pressed")).toBe("true");
      expect(await card.locator("[data-like-count]").innerText()).toBe("1");
      await like.click();
      expect(await like.getAttribute("aria-pressed")).toBe("false");
      await card.getByLabel("Write a comment").fill("A remark");
      await card.getByRole("button", { name: "Send" }).click();
      await page.waitForURL(/#comment_/);
      const comment = card.locator(".comment", { hasText: "A remark" });
      await comment.getByRole("button", { name: /^Delete comment/ }).click();
      await comment.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      expect(await comment.count()).toBe(0);
      const bea = await open("bea");
      const own = cardOf(bea, "For the forms");
      await own.getByRole("button", { name: "Delete your post" }).click();
      await own.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await bea.waitForURL(`${shop.url}/feed?done=delete`);
      expect(await own.count()).toBe(0);
    });

    it("gives a comment back that is not taken", async () => {
      const { id } = await world.post("bea", { text: "Strange remarks" });
      const page = await open("ada");
      const card = cardOf(page, "Strange remarks");
      await card.getByLabel("Write a comment").fill("Turned \u202Earound");
      await card.getByRole("button", { name: "Send" }).click();
      expect(await page.getByRole("alert").innerText()).toContain("Expected each line to close");
      expect(await page.getByLabel("Write a comment").inputValue()).toBe("Turned \u202Earound");
      await page.getByLabel("Write a comment").fill("Straight");
      await page.getByRole("button", { name: "Send" }).click();
      await page.waitForURL(/\/feed#comment_/);
      expect((await world.ask<{ comment_count: number }>("ada", `GET /v1/posts/${id}`)).comment_count).toBe(
        1,
      );
    });

    it("pages to the end by links, each post once", async () => {
      for (let at = 0; at < 45; at++) await world.post("cem", { text: `Page me ${at}` });
      const page = await open("cem");
      const seen: string[] = [];
      for (;;) {
        seen.push(...(await shownTexts(page)));
        const older = page.getByRole("link", { name: "Older posts" });
        if ((await older.count()) === 0) break;
        await older.click();
      }
      expect(seen.filter((text) => text.startsWith("Page me")).length).toBe(45);
      expect(new Set(seen).size).toBe(seen.length);
      await page.getByRole("link", { name: "Newest posts" }).click();
      expect(new URL(page.url()).search).toBe("");
    });

    it("takes no form of another site, and leads to none", async () => {
      const { id } = await world.post("bea", { text: "Not by others" });
      const page = await open("ada");
      const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
      const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
      const send = (origin: string, body: string) =>
        fetch(`${shop.url}/feed/posts/${id}`, {
          method: "POST",
          redirect: "manual",
          headers: { ...headers, origin },
          body,
        });
      expect((await send("https://evil.example", "do=like&back=/feed")).status).toBe(403);
      const answer = await send(shop.url, "do=like&back=//evil.example/");
      expect(answer.headers.get("location")).toBe(`/feed#p-${id}`);
    });
  },
  world.open,
);

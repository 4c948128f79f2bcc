import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { cardOf, feedWorld, shownTexts } from "./feed-fixture.ts";
import { drawnFile, textFile } from "./upload-files.ts";

const world = feedWorld();

describeShop(
  "writing in the feed",
  (shop) => {
    const post = (page: Page) => page.getByRole("button", { name: "Post", exact: true }).click();

    it("keeps what is being written over a reload, until it is posted", async () => {
      const page = await world.openAs(shop, "ada");
      await page.locator("#post-text").fill("Half a thought");
      await page.locator("#post-files").setInputFiles([await drawnFile(page, "kept.jpg", { hue: 99 })]);
      await page.locator('.attachment[data-state="taken"]').waitFor();
      await page.reload();
      expect(await page.locator("#post-text").inputValue()).toBe("Half a thought");
      expect(await page.locator(".attachment").count()).toBe(1);
      await post(page);
      await cardOf(page, "Half a thought").and(page.locator("[data-post^=post_]")).waitFor();
      await page.reload();
      expect(await page.locator("#post-text").inputValue()).toBe("");
      expect(await page.locator(".attachment").count()).toBe(0);
    });

    it("shows a post at once, keeps it where it fails, and sends it once", async () => {
      const page = await world.openAs(shop, "ada");
      const keys: (string | undefined)[] = [];
      // It arrives; its answer does not.
      await page.route("**/v1/posts", async (route) => {
        keys.push(route.request().headers()["idempotency-key"]);
        await route.fetch();
        await route.abort();
      });
      await page.locator("#post-text").fill("Sent twice, posted once");
      await page.keyboard.press("Control+Enter");
      const card = cardOf(page, "Sent twice, posted once");
      await card.getByText("Not posted.").waitFor();
      await page.unroute("**/v1/posts");
      await page.reload();
      const kept = page.locator("[data-pending]");
      await kept.getByText("Not posted yet.").waitFor();
      page.on("request", (request) => {
        if (request.url().endsWith("/v1/posts")) keys.push(request.headers()["idempotency-key"]);
      });
      await kept.getByRole("button", { name: "Try again" }).click();
      await kept.waitFor({ state: "detached" });
      await page.reload();
      const texts = await shownTexts(page);
      expect(texts.filter((text) => text === "Sent twice, posted once").length).toBe(1);
      expect(keys.length).toBe(2);
      expect(new Set(keys).size).toBe(1);
    });

    it("gives back to the writer what is not taken", async () => {
      const page = await world.openAs(shop, "ada");
      await page.locator("#post-text").fill("Turned \u202Earound");
      await post(page);
      const note = page.locator(".pending-note");
      await note.getByText("Expected each line to close").waitFor();
      await note.getByRole("button", { name: "Edit" }).click();
      expect(await page.locator("[data-pending]").count()).toBe(0);
      expect(await page.locator("#post-text").inputValue()).toBe("Turned \u202Earound");
    });

    it("counts the characters near the end, and sends no text that is too long or empty", async () => {
      const page = await world.openAs(shop, "bea");
      const sent: string[] = [];
      page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
      const count = page.locator("#post-count");
      await page.locator("#post-text").fill("😀".repeat(4_990));
      expect(await count.innerText()).toBe("10 left");
      await page.locator("#post-text").fill("x".repeat(5_001));
      expect(await count.innerText()).toBe("1 too many");
      await post(page);
      expect(await page.locator("#post-problem").innerText()).toBe("The text is 1 character too long.");
      await page.locator("#post-text").fill("  ");
      await post(page);
      expect(await page.locator("#post-problem").innerText()).toBe("Write something, or add a picture.");
      expect(sent).toEqual([]);
    });

    it("sends pictures in their order, without what is removed or is none", async () => {
      const page = await world.openAs(shop, "bea");
      const hues = [10, 130, 250];
      const files = await Promise.all(hues.map((hue) => drawnFile(page, `hue-${hue}.jpg`, { hue })));
      await page.locator("#post-files").setInputFiles([...files, textFile("page.jpg")]);
      await expect
        .poll(() => page.locator('.attachment[data-state="taken"]').count(), { timeout: 8_000 })
        .toBe(3);
      await post(page);
      expect(await page.locator("#post-problem").innerText()).toContain("A picture did not arrive");
      await page.getByRole("button", { name: "Remove page.jpg" }).click();
      await page.getByRole("button", { name: "Remove hue-130.jpg" }).click();
      await page.getByRole("button", { name: "Move hue-250.jpg forward" }).click();
      const ids = await page
        .locator(".attachment")
        .evaluateAll((tiles) => tiles.map((tile) => (tile as HTMLElement).dataset.pictureId));
      const [answer] = await Promise.all([page.waitForResponse("**/v1/posts"), post(page)]);
      const { images } = (await answer.json()) as { images: { id: string }[] };
      expect(images.map(({ id }) => id)).toEqual(ids);
      expect(new Set(ids).size).toBe(2);
    });

    it("mentions a friend that is chosen behind an @", async () => {
      const page = await world.openAs(shop, "ada");
      await page.locator("#post-text").click();
      await page.keyboard.type("Thank you, @be");
      await page.locator("#mentions [role=option]").waitFor();
      await page.keyboard.press("Enter");
      await page.keyboard.type("and all");
      await post(page);
      const card = cardOf(page, "Thank you, @Bea Okonkwo and all");
      const link = card.getByRole("link", { name: "@Bea Okonkwo" });
      await link.waitFor();
      expect(await link.getAttribute("href")).toBe("/u/bea");
    });

    it("shows links and nothing else of a text as more than text", async () => {
      const page = await world.openAs(shop, "bea");
      const text =
        '<img src=x onerror="window.pwned=1"> https://example.com/a?b=<script>window.pwned=1</script>';
      await page.locator("#post-text").fill(text);
      await post(page);
      const card = cardOf(page, "<img src=x");
      await card.and(page.locator("[data-post^=post_]")).waitFor();
      expect(await card.locator(".post-text > p").innerText()).toBe(text);
      expect(await card.locator(".post-text a").getAttribute("href")).toBe("https://example.com/a?b=");
      expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    });

    it("deletes after a question, and leaves the focus with the next", async () => {
      await world.post("bea", { text: "The one below" });
      await world.post("bea", { text: "To be deleted" });
      const page = await world.openAs(shop, "bea");
      const card = cardOf(page, "To be deleted");
      await card.getByRole("button", { name: "Delete your post" }).click();
      await page.getByRole("button", { name: "Keep it" }).click();
      expect(await card.count()).toBe(1);
      await card.getByRole("button", { name: "Delete your post" }).click();
      await card.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await card.waitFor({ state: "detached" });
      const focused = page.locator(".post:focus");
      expect(await focused.locator(".post-text").innerText()).toBe("The one below");
      await page.reload();
      expect(await cardOf(page, "To be deleted").count()).toBe(0);
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  world.open,
);

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { cardOf, feedWorld } from "./feed-fixture.ts";
import { drawnFile, textFile } from "./upload-files.ts";
import { faults } from "./faults.ts";

const world = feedWorld();
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

describeShop(
  "the feed's reach",
  (shop) => {
    it("finds no fault in the states of the page", { timeout: 120_000 }, async () => {
      const { id } = await world.post("bea", {
        text: `${"A long story. ".repeat(100)}https://example.com/story`,
        product_id: "table-lamp-2",
      });
      for (const text of ["One", "Two", "Three"]) await world.comment("ada", id, text);
      for (const viewport of SIZES) {
        for (const colorScheme of ["light", "dark"] as const) {
          const page = await world.openAs(shop, "ada", "/feed", { viewport, colorScheme, bypassCSP: true });
          expect(await faults(page)).toEqual([]);
          await fillAll(page);
          expect(await faults(page)).toEqual([]);
          await page.context().close();
        }
      }
    });

    it("finds no fault where it is empty, failed, or without script", { timeout: 60_000 }, async () => {
      const empty = await world.openAs(shop, "dua", "/feed", { bypassCSP: true });
      expect(await faults(empty)).toEqual([]);
      await empty.route("**/v1/posts", (route) => route.fulfill({ status: 503, body: "{}" }));
      await empty.locator("#post-text").fill("Fails");
      await empty.getByRole("button", { name: "Post", exact: true }).click();
      await empty.getByText("Not posted.").waitFor();
      expect(await faults(empty)).toEqual([]);
      const own = await world.openAs(shop, "ada", "/feed", { bypassCSP: true });
      await world.post("ada", { text: "To ask about" });
      await own.reload();
      await cardOf(own, "To ask about").getByRole("button", { name: "Delete your post" }).click();
      expect(await faults(own)).toEqual([]);
    });

    it("fits 320 pixels without scrolling sideways", async () => {
      const drawing = await shop.open("/robots.txt");
      const page = await world.openAs(shop, "ada", "/feed", { viewport: { width: 320, height: 640 } });
      await world.post("ada", { text: "x".repeat(400) });
      await page.reload();
      await page.locator("#post-files").setInputFiles([await drawnFile(drawing, "a.jpg"), textFile("b.jpg")]);
      await page.locator(".attachment").nth(1).waitFor();
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond).toBe(0);
    });

    it("has targets of at least 24 pixels", async () => {
      const page = await world.openAs(shop, "ada", "/feed", { viewport: { width: 390, height: 844 } });
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("main :is(button, summary, a, input, textarea)")]
          .filter((control) => control.checkVisibility({ visibilityProperty: true }))
          // Links within a text are as high as its lines.
          .filter((control) => control.closest(".post-text, .comment-text, .visually-hidden") === null)
          .filter((control) => control.id !== "post-files")
          .map((control) => ({
            control: control.outerHTML.slice(0, 120),
            box: control.getBoundingClientRect(),
          }))
          .filter(({ box }) => box.width < 24 || box.height < 24),
      );
      expect(small).toEqual([]);
    });

    it("works by the keyboard alone: like, comment and back", async () => {
      await world.post("bea", { text: "By keys" });
      const page = await world.openAs(shop, "ada");
      const card = cardOf(page, "By keys");
      await card.locator(".like-button").focus();
      await page.keyboard.press("Space");
      await expect.poll(() => card.locator(".like-button").getAttribute("aria-pressed")).toBe("true");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.keyboard.type("Typed");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Send");
      await page.keyboard.press("Enter");
      await card.locator(".comment", { hasText: "Typed" }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    });

    it("leaves the form to the keyboard where the product search is open", async () => {
      const page = await world.openAs(shop, "ada");
      await page.locator("#product-part summary").press("Enter");
      await page.keyboard.type("mug");
      await page.locator("#product-options [role=option]").first().waitFor();
      const field = page.locator("#product-q");
      expect(await field.getAttribute("aria-expanded")).toBe("true");
      await page.keyboard.press("ArrowUp");
      const active = await field.getAttribute("aria-activedescendant");
      expect(await page.locator(`#${active}`).getAttribute("aria-selected")).toBe("true");
      await page.keyboard.press("Escape");
      expect(await field.getAttribute("aria-expanded")).toBe("false");
      expect(await field.inputValue()).toBe("mug");
    });
  },
  world.open,
);

/** All that can be open at once, except questions. */
async function fillAll(page: Page): Promise<void> {
  await page.locator("#post-text").fill("x".repeat(4_900));
  await page.locator("#post-files").setInputFiles([await drawnFile(page, "a.jpg"), textFile("b.jpg")]);
  await page.locator('.attachment[data-state="failed"]').waitFor();
  await page.locator("details summary", { hasText: "Read on" }).first().click();
  await page.locator("#product-part summary").click();
  await page.keyboard.type("lamp");
  await page.locator("#product-options [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
}

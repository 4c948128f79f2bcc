import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { PAGE_BUDGETS } from "../../src/routes/pages/budgets.ts";
import { describeShop } from "./browser.ts";
import { markOf, OWN_WORDS, PLANTED } from "./planted-texts.ts";
import { plantedWorld } from "./planted-world.ts";

const world = plantedWorld();
const PATTERNS = Object.keys(PAGE_BUDGETS)
  .filter((name) => name.startsWith("GET "))
  .map((name) => name.slice(4));

/** Planted, but only the API answers it, or a page says it in words of its own; of `javascript:` none becomes an address. */
const ON_NO_PAGE: readonly string[] = [
  "image_contents.error_code",
  "sessions.user_agent",
  "users.image",
  "webhook_deliveries.payload",
  "audit_log.actor",
  "dead_letters.payload",
];

/** What of the planted texts became markup, a script or an address. */
const damageOn = (page: Page) =>
  page.evaluate(() => {
    const addressed = [...document.querySelectorAll("[href], [src], [action], [formaction]")];
    const named = ["href", "src", "action", "formaction"];
    const values = addressed.flatMap((element) => named.map((name) => element.getAttribute(name) ?? ""));
    return {
      ran: "plantedTextRan" in window,
      elements: document.querySelectorAll("[data-planted]").length,
      addresses: values.filter((value) => /^\s*javascript:/i.test(value)),
    };
  });

const NONE = { ran: false, elements: 0, addresses: [] };

const seen = new Set<string>();

async function look(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  expect(await damageOn(page), page.url()).toEqual(NONE);
  const html = await page.content();
  for (const column of PLANTED) {
    const mark = markOf(column);
    if (html.includes(mark) || html.includes(encodeURIComponent(mark))) seen.add(column);
  }
}

describeShop(
  "texts that would run if they became markup",
  (shop) => {
    it("stand in every column of text that people or their machines write", async () => {
      const own = Object.entries(OWN_WORDS).flatMap(([table, columns]) =>
        columns.split(" ").map((column) => `${table}.${column}`),
      );
      expect((await world.textColumns()).toSorted()).toEqual([...own, ...PLANTED].toSorted());
    });

    it("are noticed where they do", async () => {
      const page = await world.openPage(shop, "/account");
      await page.evaluate(() => {
        document.body.innerHTML += `<i data-planted><a href=" javascript:1">x</a></i>`;
      });
      expect(await damageOn(page)).toEqual({ ran: false, elements: 1, addresses: [" javascript:1"] });
    });

    it.each(PATTERNS)("do nothing on %s", async (pattern) => {
      for (const path of world.pathsOf(pattern)) {
        const page = await world.openPage(shop, path);
        await look(page);
        await page.context().close();
      }
    });

    it("do nothing among the suggestions of the search", async () => {
      const page = await world.openPage(shop, "/");
      await page.locator("#q").pressSequentially("lam", { delay: 20 });
      await page.locator("#suggestions [role=option]").first().waitFor();
      await look(page);
    });

    it("do nothing among the products and friends that the composer offers", async () => {
      const page = await world.openPage(shop, "/feed");
      await page.locator("#product-part > summary").click();
      await page.locator("#product-q").pressSequentially("lamp", { delay: 20 });
      await page.locator("#product-options [role=option]").first().click();
      await look(page);
      await page.locator("#post-text").pressSequentially("@zoe", { delay: 20 });
      await page.locator("#mentions [role=option]").first().waitFor();
      await look(page);
    });

    it("were seen as text", () => {
      expect(PLANTED.filter((column) => !seen.has(column))).toEqual(ON_NO_PAGE);
      expect(shop.complaints).toEqual([]);
    });
  },
  world.open,
);

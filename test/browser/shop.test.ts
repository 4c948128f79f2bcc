import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";

const titles = (page: Page) => page.locator("#results .card-title").allInnerTexts();
const heading = (page: Page) => page.locator("#results-title");

async function type(page: Page, text: string): Promise<void> {
  await page.locator("#q").pressSequentially(text, { delay: 20 });
  await page.locator(`#results-title:has-text("“${text}”")`).waitFor();
}

describeShop("the shop's front", (shop) => {
  it("finds products while one types, and marks what matched", async () => {
    const page = await shop.open("/");
    await type(page, "lamp");
    expect((await titles(page))[0]).toContain("lamp");
    expect(await page.locator("#results mark").first().innerText()).toBe("lamp");
    expect(page.url()).toBe(`${shop.url}/?q=lamp`);
    expect(await page.locator("#hero").isVisible()).toBe(false);
  });

  it("says the count in the live region", async () => {
    const page = await shop.open("/");
    await type(page, "kettle");
    const said = (await heading(page).innerText()).trim();
    await page.locator("#announcer", { hasText: said }).waitFor({ state: "attached" });
  });

  it("shows the answer to the last letters, however the answers arrive", async () => {
    const page = await shop.open("/");
    await page.route("**/v1/search?*", async (route) => {
      const slow = new URL(route.request().url()).searchParams.get("q") === "la";
      if (slow) await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue().catch(() => undefined);
    });
    const stale = page.waitForRequest(/v1\/search\?q=la&/);
    await page.locator("#q").pressSequentially("la", { delay: 10 });
    await stale;
    await page.locator("#q").pressSequentially("mp", { delay: 10 });
    await page.locator("#results-title", { hasText: "“lamp”" }).waitFor();
    await page.waitForTimeout(800);
    expect(await heading(page).innerText()).toContain("“lamp”");
  });

  it("narrows by brand, and the counts agree with the list", async () => {
    const page = await shop.open("/?q=lamp");
    const box = page.locator(".check", { hasText: "Norrvik" });
    const count = Number(await box.locator(".count").innerText());
    await box.click();
    await page.locator(".chip", { hasText: "Norrvik" }).waitFor();
    await page.waitForFunction(
      (n) => document.querySelector("#results-title")?.textContent?.startsWith(`${n} `),
      count,
    );
    const brands = new Set(await page.locator("#results .card-brand").allInnerTexts());
    expect([...brands]).toEqual(["Norrvik"]);
  });

  it("takes brands with a comma, and adds those of one field together", async () => {
    const page = await shop.open("/?filter=category:Home");
    const boxes = [
      page.locator(".check", { hasText: "Marrow, Inc" }),
      page.locator(".check", { hasText: "Tern" }),
    ];
    const counts: number[] = [];
    for (const box of boxes) {
      counts.push(Number(await box.locator(".count").innerText()));
      await box.locator("input").check();
    }
    const sum = (counts[0] ?? 0) + (counts[1] ?? 0);
    await page.locator("#results-title", { hasText: new RegExp(`^${sum} product`) }).waitFor();
    expect(await page.locator(".check input:checked").count()).toBe(2);
  });

  it("narrows by an attribute", async () => {
    const page = await shop.open("/?filter=category:Kitchen");
    const box = page.getByRole("group", { name: "Color" }).locator(".check", { hasText: "Ochre" });
    const count = Number(await box.locator(".count").innerText());
    expect(count).toBeGreaterThan(0);
    await box.click();
    await page.locator("#results-title", { hasText: new RegExp(`^${count} product`) }).waitFor();
    expect((await titles(page)).every((title) => title.startsWith("Ochre"))).toBe(true);
  });

  it("goes down the categories and back up", async () => {
    const page = await shop.open("/");
    await page.locator("#facets").getByRole("link", { name: "Home" }).click();
    await page.locator("#facets").getByRole("link", { name: "Lighting" }).click();
    await page.locator("#results-title", { hasText: "18 products" }).waitFor();
    await page.locator("#category-all").click();
    await page.locator("#results-title", { hasText: "61 products" }).waitFor();
  });

  it("narrows by price in whole units of the currency", async () => {
    const page = await shop.open("/");
    await page.locator("#price_max").fill("50");
    await page.locator("#price_max").press("Tab");
    await page.locator(".chip", { hasText: "Up to $50.00" }).waitFor();
    expect(new URL(page.url()).searchParams.get("filter")).toBe("price:..5000");
    await page.waitForFunction(() => !document.querySelector("[aria-busy]"));
    const prices = (await page.locator("#results .card-price").allInnerTexts()).map((text) =>
      Number(/[\d.]+/.exec(text)),
    );
    expect(Math.max(...prices)).toBeLessThanOrEqual(50);
  });

  it("sorts", async () => {
    const page = await shop.open("/?filter=category:Kitchen");
    await page.locator("#sort").selectOption("price");
    await page.waitForURL(/sort=price/);
    await page.waitForFunction(() => !document.querySelector("[aria-busy]"));
    const prices = (await page.locator("#results .card-price").allInnerTexts()).map((text) =>
      Number(/[\d.]+/.exec(text)),
    );
    expect(prices.length).toBeGreaterThan(10);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  });

  it("shows more on demand, each product once", async () => {
    const page = await shop.open("/");
    await page.locator("[data-more]").click();
    await page.waitForFunction(
      () => document.querySelectorAll("#results .card:not(.skeleton)").length === 48,
    );
    await page.locator("[data-more]").click();
    await page.waitForFunction(
      () => document.querySelectorAll("#results .card:not(.skeleton)").length === 61,
    );
    expect(await page.locator("[data-more]").count()).toBe(0);
    const links = await page
      .locator("#results .card-title a")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    expect(new Set(links).size).toBe(61);
  });

  it("moves the focus to the first new product when more is asked for by keyboard", async () => {
    const page = await shop.open("/");
    await page.locator("[data-more]").press("Enter");
    await page.waitForFunction(
      () => document.querySelectorAll("#results .card:not(.skeleton)").length === 48,
    );
    await page.waitForFunction(() => document.activeElement?.closest(".card") !== null);
    const index = await page.evaluate(() => {
      const cards = [...document.querySelectorAll("#results .card-title a")];
      return cards.findIndex((card) => card === document.activeElement);
    });
    expect(index).toBe(24);
  });

  it("keeps the focus on a filter that was chosen", async () => {
    const page = await shop.open("/");
    const box = page.locator("[id='f-brand:Tern']");
    await box.focus();
    await page.keyboard.press("Space");
    await page.locator(".chip", { hasText: "Tern" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("f-brand:Tern");
  });

  it("raises no complaint of the browser", () => {
    expect(shop.complaints).toEqual([]);
  });
});

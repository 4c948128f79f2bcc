import { expect, it } from "vitest";
import { describeShop, shownTotal } from "./browser.ts";

describeShop("going back in the shop", (shop) => {
  it("undoes the whole typing with one step, and a filter with another", async () => {
    const page = await shop.open("/");
    await page.locator("#q").pressSequentially("lamp", { delay: 120 });
    await page.locator("#results-title", { hasText: "“lamp”" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("[id='f-brand:Norrvik']").check();
    await page.locator(".chip", { hasText: "Norrvik" }).waitFor();
    await page.goBack();
    await page.locator(".chip", { hasText: "Norrvik" }).waitFor({ state: "detached" });
    expect(await page.locator("#q").inputValue()).toBe("lamp");
    expect(await page.locator("[id='f-brand:Norrvik']").isChecked()).toBe(false);
    await page.goBack();
    await page.locator("#results-title", { hasText: /^61 products$/ }).waitFor();
    expect(page.url()).toBe(`${shop.url}/`);
    expect(await page.locator("#hero").isVisible()).toBe(true);
  });

  it("keeps the place and what was loaded when one returns from a product", async () => {
    const page = await shop.open("/?filter=category:Home");
    await page.locator("[data-more]").click();
    await page.waitForFunction(
      () => document.querySelectorAll("#results .card:not(.skeleton)").length === 39,
    );
    const card = page.locator("#results .card-title a").nth(37);
    await card.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(500);
    await card.click();
    await page.waitForURL(/\/p\//);
    await page.goBack();
    await page.waitForFunction(
      () => document.querySelectorAll("#results .card:not(.skeleton)").length === 39,
    );
    await page.waitForFunction((top) => Math.abs(scrollY - top) < 4, before);
  });

  it("keeps the place when one takes a filter away by Back", async () => {
    const page = await shop.open("/");
    const total = await shownTotal(page);
    await page.evaluate(() => scrollTo(0, 700));
    await page.locator("[id='f-brand:Tern']").check();
    await page.locator(".chip", { hasText: "Tern" }).waitFor();
    await page.goBack();
    await page.locator("#results-title", { hasText: `${total} products` }).waitFor();
    await page.waitForFunction(() => Math.abs(scrollY - 700) < 4);
  });
});

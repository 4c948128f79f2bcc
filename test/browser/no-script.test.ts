import { expect, it } from "vitest";
import { describeShop, shownTotal } from "./browser.ts";

const WITHOUT = { javaScriptEnabled: false };

describeShop("the shop without script", (shop) => {
  it("searches by the form", async () => {
    const page = await shop.open("/", WITHOUT);
    await page.locator("#q").fill("lamp");
    await page.locator(".search-submit").click();
    await page.waitForURL(`${shop.url}/?q=lamp`);
    expect(await page.locator("#results .card-title").first().innerText()).toContain("lamp");
  });

  it("narrows by boxes and prices, and keeps the words and the category", async () => {
    const page = await shop.open("/?q=lamp&filter=category:Home", WITHOUT);
    await page.locator("[id='f-brand:Norrvik']").check();
    await page.locator("[id='f-brand:Marrow\\\\, Inc']").check();
    await page.locator("#price_min").fill("20.50");
    await page.getByRole("button", { name: "Apply filters" }).click();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get("q")).toBe("lamp");
    const filters = searchParams.getAll("filter");
    expect(filters).toEqual(["brand:Marrow\\, Inc,Norrvik", "category:Home", "price:2050.."]);
    expect(searchParams.has("currency")).toBe(false);
    const brands = new Set(await page.locator("#results .card-brand").allInnerTexts());
    expect([...brands].toSorted()).toEqual(["Marrow, Inc", "Norrvik"]);
  });

  it("sorts, and takes filters away by their links", async () => {
    const page = await shop.open("/?filter=brand:Tern&filter=in_stock:true", WITHOUT);
    await page.locator("#sort").selectOption("-price");
    await page.getByRole("button", { name: "Sort" }).click();
    expect(new URL(page.url()).searchParams.get("sort")).toBe("-price");
    await page.locator(".chip", { hasText: "Tern" }).click();
    expect(new URL(page.url()).searchParams.getAll("filter")).toEqual(["in_stock:true"]);
  });

  it("pages by links to the end, each product once", async () => {
    const page = await shop.open("/", WITHOUT);
    const total = await shownTotal(page);
    const seen: (string | null)[] = [];
    for (let step = 0; step < 5; step++) {
      const cards = page.locator("#results .card-title a");
      seen.push(...(await cards.evaluateAll((all) => all.map((a) => a.getAttribute("href")))));
      const next = page.locator("[rel=next]");
      if ((await next.count()) === 0) break;
      await next.click();
    }
    expect(seen.length).toBe(total);
    expect(new Set(seen).size).toBe(total);
    await page.getByRole("link", { name: "Back to the first page" }).click();
    expect(page.url()).toBe(`${shop.url}/`);
  });

  it("opens the filters on a phone", async () => {
    const page = await shop.open("/?q=lamp", { ...WITHOUT, viewport: { width: 390, height: 844 } });
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await page.locator(".filter-button").click();
    expect(await page.locator("#filters").isVisible()).toBe(true);
  });
});

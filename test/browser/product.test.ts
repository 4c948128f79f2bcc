import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { CANARIES } from "./fixture.ts";

const pwned = "window.pwned === undefined";

describeShop("a product's page", (shop) => {
  it("shows the product, and leads on by category, brand and what is alike", async () => {
    const page = await shop.open("/p/table-lamp-2");
    expect(await page.locator("h1").innerText()).toBe("Indigo table lamp no. 3");
    expect(await page.locator(".product-price").innerText()).toMatch(/^\$\d+\.\d\d$/);
    expect(await page.locator(".attributes").getByRole("row", { name: "height cm 22" }).count()).toBe(1);
    const alike = page.locator(".alike .card-title");
    expect(await alike.count()).toBe(5);
    expect(await alike.allInnerTexts()).not.toContain("Indigo table lamp no. 3");
    await page.locator(".breadcrumb").getByRole("link", { name: "Lighting" }).click();
    await page.locator("#results-title", { hasText: "18 products" }).waitFor();
  });

  it("describes itself to search engines", async () => {
    const page = await shop.open("/p/armchair-1");
    const data = JSON.parse(await page.locator('script[type="application/ld+json"]').innerText());
    expect(data).toMatchObject({
      "@type": "Product",
      name: "Slate armchair no. 2",
      offers: { priceCurrency: "USD" },
    });
    expect(data.offers.price).toMatch(/^\d+\.\d\d$/);
    const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
    expect(canonical).toBe(`${shop.url}/p/armchair-1`);
    expect(await page.locator('meta[property="og:type"]').getAttribute("content")).toBe("product");
    expect(await page.locator("meta[name=description]").getAttribute("content")).toContain("armchair");
  });

  it("answers 304 to its own entity tag", async () => {
    const first = await fetch(`${shop.url}/p/armchair-1`);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^".+"$/);
    const again = await fetch(`${shop.url}/p/armchair-1`, { headers: { "If-None-Match": etag } });
    expect(again.status).toBe(304);
    const front = await fetch(`${shop.url}/`, { headers: { "If-None-Match": etag } });
    expect(front.status).toBe(200);
  });

  it("keeps what merchants write as text", async () => {
    const page = await shop.open("/p/canary");
    expect(await page.locator("h1").innerText()).toBe(CANARIES.title);
    expect(await page.locator(".product-brand").innerText()).toBe(CANARIES.brand);
    await page.mouse.move(200, 100);
    expect(await page.evaluate(pwned)).toBe(true);
  });

  it("keeps titles as text in the list, drawn by the server and by the browser", async () => {
    const page = await shop.open("/?q=lamp&sort=price");
    await page.locator("#results .card-title", { hasText: "window.pwned=1" }).waitFor();
    await page.locator("#sort").selectOption("relevance");
    await page.waitForURL(`${shop.url}/?q=lamp`);
    await page.locator("#sort").selectOption("price");
    await page.locator("#results .card-title", { hasText: "window.pwned=1" }).waitFor();
    expect(await page.evaluate(pwned)).toBe(true);
  });

  it("keeps what is searched for as text", async () => {
    const attack = `"><img src=x onerror=window.pwned=1></title></script><script>window.pwned=1</script>`;
    const page = await shop.open(`/?q=${encodeURIComponent(attack)}`);
    expect(await page.locator("#q").inputValue()).toBe(attack);
    await page.locator("#q").fill(`${attack} '`);
    await page.waitForTimeout(400);
    expect(await page.evaluate(pwned)).toBe(true);
    expect(shop.complaints).toEqual([]);
  });
});

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";

const activeText = (page: Page) =>
  page.evaluate(() => {
    const id = document.getElementById("q")?.getAttribute("aria-activedescendant");
    return id === null || id === undefined ? null : (document.getElementById(id)?.textContent ?? "missing");
  });

async function typed(page: Page, text: string): Promise<string[]> {
  await page.locator("#q").pressSequentially(text, { delay: 20 });
  await page.locator("#suggestions [role=option]").first().waitFor();
  await page.waitForTimeout(250);
  return page.locator("#suggestions [role=option]").allTextContents();
}

describeShop("suggestions", (shop) => {
  it("follow the combobox pattern by keyboard", async () => {
    const page = await shop.open("/");
    const options = await typed(page, "la");
    const input = page.locator("#q");
    expect(await input.getAttribute("aria-expanded")).toBe("true");
    expect(await activeText(page)).toBeNull();
    await page.keyboard.press("ArrowDown");
    expect(await activeText(page)).toBe(options[0]);
    expect(await page.locator("[role=option][aria-selected=true]").count()).toBe(1);
    await page.keyboard.press("End");
    expect(await activeText(page)).toBe(options.at(-1));
    await page.keyboard.press("ArrowDown");
    expect(await activeText(page)).toBeNull();
    await page.keyboard.press("ArrowUp");
    expect(await activeText(page)).toBe(options.at(-1));
    await page.keyboard.press("Home");
    expect(await activeText(page)).toBe(options[0]);
    await page.keyboard.press("Escape");
    expect(await input.getAttribute("aria-expanded")).toBe("false");
    expect(await page.locator("#suggestions").isVisible()).toBe(false);
    expect(await input.inputValue()).toBe("la");
  });

  it("open again with the arrow, and Enter takes the active one", async () => {
    const page = await shop.open("/");
    await typed(page, "kett");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowDown");
    await page.locator("#suggestions [role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.pathname !== "/" || !location.search.endsWith("q=kett"));
    expect(await page.locator("h1").first().textContent()).toBeTruthy();
    expect(page.url()).toMatch(/\/p\/|\?q=kett..|filter=/);
  });

  it("are sent as they stand by Enter where none is active", async () => {
    const page = await shop.open("/p/armchair-1");
    await typed(page, "rug");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/\?q=rug$/);
    await page.locator("#results-title", { hasText: "“rug”" }).waitFor();
  });

  it("are chosen by pointer without losing the list first", async () => {
    const page = await shop.open("/");
    const [first = ""] = await typed(page, "arm");
    await page.locator("#suggestions [role=option]").first().click();
    await page.locator("#suggestions").waitFor({ state: "hidden" });
    expect(first).toMatch(/arm/i);
    expect(page.url()).toMatch(/\/p\/|\?q=arm|filter=/);
  });

  it("stay away, and the search goes on, where they fail", async () => {
    const page = await shop.open("/");
    await page.route("**/v1/suggest?*", (route) => route.abort());
    await page.locator("#q").pressSequentially("lamp", { delay: 20 });
    await page.locator("#results-title", { hasText: "“lamp”" }).waitFor();
    expect(await page.locator("#suggestions").isVisible()).toBe(false);
    expect(shop.complaints).toEqual([]);
  });
});

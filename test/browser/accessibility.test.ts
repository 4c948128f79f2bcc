import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { faults } from "./faults.ts";

const PATHS = ["/", "/?q=lamp&filter=brand:Tern", "/?q=qqxxyyzz", "/p/table-lamp-2", "/nowhere"];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const SCHEMES = ["light", "dark"] as const;

describeShop("accessibility", (shop) => {
  for (const path of PATHS) {
    it(`finds no fault with ${path}`, { timeout: 60_000 }, async () => {
      for (const viewport of SIZES) {
        for (const colorScheme of SCHEMES) {
          const page = await shop.open(path, { viewport, colorScheme, bypassCSP: true });
          expect(await faults(page)).toEqual([]);
          await page.context().close();
        }
      }
    });
  }

  it("finds no fault with open suggestions and open filters", async () => {
    const page = await shop.open("/", { viewport: { width: 390, height: 844 }, bypassCSP: true });
    await page.locator("#q").pressSequentially("la", { delay: 20 });
    await page.locator("#suggestions [role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator(".filter-button").click();
    expect(await faults(page)).toEqual([]);
  });

  it("fits a phone without scrolling sideways, down to 320 pixels", async () => {
    for (const path of PATHS) {
      const page = await shop.open(path, { viewport: { width: 320, height: 640 } });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([path, beyond]).toEqual([path, 0]);
      await page.context().close();
    }
  });
});

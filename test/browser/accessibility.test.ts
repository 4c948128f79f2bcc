import axe from "axe-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";

const PATHS = ["/", "/?q=lamp&filter=brand:Tern", "/?q=qqxxyyzz", "/p/table-lamp-2", "/nowhere"];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const SCHEMES = ["light", "dark"] as const;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

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

async function faults(page: Awaited<ReturnType<Parameters<Parameters<typeof describeShop>[1]>[0]["open"]>>) {
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const engine = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await engine.run(document, { runOnly: tags });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(" | ")}`,
    );
  }, RULES);
}

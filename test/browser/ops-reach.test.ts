import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { faults } from "./faults.ts";
import { opsShop } from "./ops-fixture.ts";

const ops = opsShop();
const WITHOUT = { javaScriptEnabled: false };
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

async function open(): ReturnType<typeof ops.open> {
  const shop = await ops.open();
  await ops.ask(10);
  await ops.failRebuild();
  await ops.ask(3);
  return shop;
}

describeShop(
  "the operator's page for everyone",
  (shop) => {
    it.each(SIZES)("has no fault at $width pixels", { timeout: 60_000 }, async (viewport) => {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await ops.signIn(shop, "/ops", { viewport, colorScheme, bypassCSP: true });
        for (const summary of await page.locator("main details > summary").all())
          await summary.evaluate((element) => element.parentElement?.setAttribute("open", ""));
        expect(await faults(page)).toEqual([]);
        await page
          .getByRole("button", { name: /^Redrive index.rebuild/ })
          .first()
          .click();
        expect(await faults(page)).toEqual([]);
        await page.context().close();
      }
      const page = await shop.open("/ops/sign-in", { viewport, bypassCSP: true });
      expect(await faults(page)).toEqual([]);
      await page.context().close();
    });

    it("fits a phone without scrolling sideways, down to 320 pixels", async () => {
      const page = await ops.signIn(shop, "/ops", { viewport: { width: 320, height: 640 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      await page.context().close();
    });

    it("refuses a wrong key without saying it again", async () => {
      const page = await shop.open("/ops/sign-in", WITHOUT);
      await page.getByLabel("Operator key").fill("not the key");
      await page.getByRole("button", { name: "Sign in" }).click();
      expect(await page.getByText("This is not the operator's key").count()).toBe(1);
      expect(await page.getByLabel("Operator key").inputValue()).toBe("");
      expect(new URL(page.url()).search).toBe("");
      await page.context().close();
    });

    it("shows and does without script what it does with it", async () => {
      const page = await ops.signIn(shop, "/ops", WITHOUT);
      expect(await page.locator("#ops-status").innerText()).toContain(
        "Load the page again for newer numbers",
      );
      await page.getByRole("link", { name: "15 min" }).click();
      await page.locator("#sort-p99").click();
      expect(new URL(page.url()).search).toBe("?minutes=15&sort=p99");
      expect(await page.locator("#latency-chart path.ops-band").count()).toBe(2);
      await page.locator("#chart-table summary").click();
      expect(await page.locator("#chart-table tbody tr").count()).toBe(15);
      await page.getByRole("button", { name: "Redrive index.rebuild (1)" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Redrive", exact: true }).click();
      await page.getByText("All of them are on their way again.").waitFor();
      expect(await page.locator("#ops-letters").innerText()).toContain("None wait");
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByText("You are signed out.").waitFor();
      await page.goto(`${shop.url}/ops`);
      expect(new URL(page.url()).pathname).toBe("/ops/sign-in");
      await page.context().close();
    });

    it("raises no complaint of the browser", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  open,
);

import { expect, it } from "vitest";
import { accounts, signIn } from "./accounts-fixture.ts";
import { describeShop } from "./browser.ts";

describeShop(
  "settings of an organisation",
  (shop) => {
    it("saves name, zone and days, and says what cannot be", async () => {
      const page = await shop.open("/sign-in?next=/orgs/norrvik/settings", { timezoneId: "Asia/Tokyo" });
      await signIn(page, "ada");
      await page.getByLabel("Name").fill("Norrvik & Sons");
      await page.getByRole("button", { name: "Save name" }).click();
      await page.getByText("The name is saved.").waitFor();
      expect(await page.locator(".org-name strong").innerText()).toBe("Norrvik & Sons");
      const zone = page.getByLabel("Time zone");
      expect(await zone.inputValue()).toBe("UTC");
      await page.getByRole("button", { name: "Use this device's zone (Asia/Tokyo)" }).click();
      expect(await zone.inputValue()).toBe("Asia/Tokyo");
      await zone.selectOption({ label: "Berlin" });
      await page.getByLabel("Days to keep events").fill("90");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("The dashboard's settings are saved.").waitFor();
      expect(await zone.inputValue()).toBe("Europe/Berlin");
      expect(await page.getByLabel("Days to keep events").inputValue()).toBe("90");
    });

    it("works without script, and keeps what was typed", async () => {
      const page = await shop.open("/sign-in?next=/orgs/norrvik/settings", { javaScriptEnabled: false });
      await signIn(page, "ada");
      await page.locator("form:has(#retention_days)").evaluate((form) => form.setAttribute("novalidate", ""));
      await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
      await page.getByLabel("Days to keep events").fill("7");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      expect(await page.locator("#retention_days-error").innerText()).toContain("from 31 to 3650");
      expect(await page.getByLabel("Days to keep events").inputValue()).toBe("7");
      expect(await page.getByLabel("Time zone").inputValue()).toBe("Asia/Tokyo");
    });
  },
  accounts().open,
);

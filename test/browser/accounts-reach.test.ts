import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, it } from "vitest";
import { accounts, PASSWORD, PEOPLE, signIn } from "./accounts-fixture.ts";
import { describeShop } from "./browser.ts";
import { faults } from "./faults.ts";

const OUTSIDE = [
  "/sign-in",
  "/sign-in?done=signed-out",
  "/sign-up",
  "/forgot-password",
  "/forgot-password?sent=1",
  "/reset-password",
  "/reset-password?token=x",
  "/verify-email",
];
const INSIDE = ["", "/members", "/keys", "/site-keys", "/webhooks", "/audit", "/settings"].map(
  (path) => `/orgs${path && `/norrvik${path}`}`,
);
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];
const SCHEMES = ["light", "dark"] as const;

describeShop(
  "account pages are within everyone's reach",
  (shop) => {
    async function enter(path: string, options: BrowserContextOptions = {}): Promise<Page> {
      const page = await shop.open(`/sign-in?next=${encodeURIComponent(path)}`, options);
      await signIn(page, "ada");
      await page.waitForURL(shop.url + path);
      return page;
    }

    for (const colorScheme of SCHEMES) {
      it(`has no fault that axe finds, in ${colorScheme} colours`, { timeout: 120_000 }, async () => {
        for (const viewport of SIZES) {
          const options = { viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce" as const };
          const page = await shop.open("/", options);
          for (const path of OUTSIDE) {
            await page.goto(shop.url + path);
            expect(await faults(page)).toEqual([]);
          }
          await page.context().close();
          const own = await enter("/account", options);
          for (const path of ["/account", ...INSIDE]) {
            await own.goto(shop.url + path);
            expect(await faults(own)).toEqual([]);
          }
          await own.context().close();
        }
      });
    }

    it(
      "has no fault in errors, in an open menu, in a question, and beside a new key",
      { timeout: 60_000 },
      async () => {
        const options = { viewport: SIZES[0], bypassCSP: true };
        const wrong = await shop.open("/sign-in", options);
        await signIn(wrong, "ada", "not her password");
        expect(await faults(wrong)).toEqual([]);
        const page = await enter("/orgs/norrvik/members", options);
        await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
        expect(await faults(page)).toEqual([]);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Remove Kurt Gödel" }).click();
        expect(await faults(page)).toEqual([]);
        await page.goto(`${shop.url}/orgs/norrvik/keys`);
        await page.getByLabel("Name").fill("Import");
        await page.getByLabel(/events:write/).check();
        await page.getByRole("button", { name: "Create key" }).click();
        await page.locator("#secret").waitFor();
        expect(await faults(page)).toEqual([]);
      },
    );

    it("fits a phone without scrolling sideways, down to 320 pixels", { timeout: 60_000 }, async () => {
      const page = await enter("/account", { viewport: { width: 320, height: 640 } });
      const paths = ["/account", ...INSIDE];
      const beyond: [string, number][] = [];
      for (const path of paths) {
        await page.goto(shop.url + path);
        beyond.push([path, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]);
      }
      expect(beyond).toEqual(paths.map((path) => [path, 0]));
    });

    it("works by keyboard alone", async () => {
      const page = await shop.open("/sign-in?next=/orgs/norrvik/members");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.type(PEOPLE.ada.email);
      await page.keyboard.press("Tab");
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press("Enter");
      await page.waitForURL(`${shop.url}/orgs/norrvik/members`);
      const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
      const until = async (text: string) => {
        for (let step = 0; step < 40 && (await focused()) !== text; step++) await page.keyboard.press("Tab");
        expect(await focused()).toBe(text);
      };
      await until("Remove Kurt Gödel");
      await page.keyboard.press("Enter");
      expect(await focused()).toBe("Cancel");
      await page.keyboard.press("Escape");
      expect(await focused()).toBe("Remove Kurt Gödel");
      await page.keyboard.press("Enter");
      await until("Remove");
      await page.keyboard.press("Enter");
      await page.getByText("They no longer belong to the organisation.").waitFor();
    });

    it("works without script from the first page to a key", async () => {
      const page = await shop.open("/orgs/norrvik/keys", { javaScriptEnabled: false });
      await signIn(page, "ada");
      await page.getByLabel("Name").fill("Import without script");
      await page.getByLabel(/catalogue:write/).check();
      await page.getByRole("button", { name: "Create key" }).click();
      expect(await page.getByLabel("API key", { exact: true }).inputValue()).toMatch(/^vk_/);
      expect(await page.getByRole("button", { name: "Copy API key" }).count()).toBe(0);
      await page.getByRole("button", { name: "Revoke Import without script" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
      expect(await page.locator("tbody tr", { hasText: "Import without script" }).innerText()).toContain(
        "Revoked",
      );
      await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
      await page.locator("#account-menu").getByRole("button", { name: "Sign out" }).click();
      expect(await page.getByRole("status").first().innerText()).toBe("You are signed out.");
    });
  },
  accounts().open,
);

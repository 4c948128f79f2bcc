import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { dashboardTenant, USERS } from "./dashboard-tenant.ts";
import { faults } from "./faults.ts";

const tenant = dashboardTenant();
const { openAs } = tenant;
const WITHOUT = { javaScriptEnabled: false };
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const ADDRESSES = [
  "/orgs/acme",
  "/orgs/acme?range=7d&metric=active_users&q=ada",
  "/orgs/acme?tz=Mars",
  "/orgs/new",
];

describeShop(
  "the dashboard without script",
  (shop) => {
    it("shows numbers, charts and who is there now", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme", WITHOUT);
      expect(await page.locator("#tile-page_views .tile-value").innerText()).toMatch(/^\d+$/);
      expect(await page.locator("#main-chart .curve").count()).toBeGreaterThan(0);
      expect(await page.locator("#live-value").innerText()).toMatch(/^\d+$/);
      await page.locator(".chart-panel .as-table summary").click();
      expect(await page.locator(".chart-panel .numbers tbody tr").count()).toBe(30);
    });

    it("shows retention once a job has counted it", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme", WITHOUT);
      const rows = page.locator(".retention tbody tr");
      for (let tries = 0; tries < 20 && (await rows.count()) === 0; tries++) {
        await page.waitForTimeout(250);
        await page.reload();
      }
      expect(await rows.count()).toBeGreaterThan(3);
      expect(await rows.first().locator(".shade").first().innerText()).toBe("100%");
    });

    it("changes what it looks at by links and forms, whose answer is a short address", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme?q=ada", WITHOUT);
      await page.getByRole("link", { name: "7 days" }).click();
      await page.locator("#metric-logins").click();
      await page.locator("#compare").selectOption("none");
      await page.locator("#tz").fill("Asia/Kathmandu");
      await page.getByRole("button", { name: "Apply" }).click();
      expect(new URL(page.url()).search).toBe(
        "?range=7d&tz=Asia%2FKathmandu&compare=none&metric=logins&q=ada",
      );
      expect(await page.locator("#status").innerText()).toContain("Asia/Kathmandu");
      await page.locator(".own-range summary").click();
      await page.locator("[name=from]").fill("2026-03-01");
      await page.locator("[name=to]").fill("2026-03-07");
      await page.getByRole("button", { name: "Show" }).click();
      expect(new URL(page.url()).search).toBe(
        "?from=2026-03-01&to=2026-03-07&tz=Asia%2FKathmandu&compare=none&metric=logins&q=ada",
      );
    });

    it("sorts and filters users, and pages to the end, each once", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme", WITHOUT);
      await page.locator("#sort-logins").click();
      expect(new URL(page.url()).searchParams.get("sort")).toBe("-logins");
      const seen: string[] = [];
      for (let step = 0; step < 6; step++) {
        seen.push(...(await page.locator(".users tbody tr").allInnerTexts()));
        if ((await page.locator("#more-users").count()) === 0) break;
        await page.locator("#more-users").click();
      }
      expect(new Set(seen.map((text) => /user-\d+/.exec(text)?.[0])).size).toBe(USERS);
      expect(seen).toHaveLength(USERS);
      await page.locator("#users-q").fill("grace");
      await page.getByRole("button", { name: "Filter" }).click();
      expect(new URL(page.url()).searchParams.get("q")).toBe("grace");
      expect(new URL(page.url()).searchParams.has("cursor")).toBe(false);
      expect(await page.locator(".users tbody tr").first().innerText()).toContain("Grace");
    });

    it("says what is wrong with an address, with the status for it", async () => {
      for (const [address, text] of [
        ["/orgs/acme?tz=Mars", "Expected the name of a time zone"],
        ["/orgs/acme?from=2020-01-01&to=2026-01-01&interval=hour", "at most 31 days"],
        ["/orgs/acme?cursor=forged", "expired"],
      ] as const) {
        const page = await openAs(shop, "owner", "/robots.txt", WITHOUT);
        const answer = await page.goto(shop.url + address);
        expect([address, answer?.status()]).toEqual([address, 400]);
        expect(await page.getByRole("alert").innerText()).toContain(text);
        expect(answer?.headers()["cache-control"]).toBe("no-store");
        await page.context().close();
      }
    });
  },
  tenant.open,
);

describeShop(
  "the dashboard in all its states",
  (shop) => {
    for (const address of ADDRESSES) {
      it(`has no fault at ${address}`, { timeout: 60_000 }, async () => {
        for (const viewport of SIZES) {
          for (const colorScheme of ["light", "dark"] as const) {
            const page = await openAs(shop, "owner", address, { viewport, colorScheme, bypassCSP: true });
            expect(await page.locator("#board, .first-steps").count()).toBe(1);
            for (const summary of await page.locator("details:not(.account) > summary").all())
              if (await summary.isVisible())
                await summary.evaluate((element) => element.parentElement?.setAttribute("open", ""));
            expect(await faults(page)).toEqual([]);
            await page.context().close();
          }
        }
      });
    }

    it("fits a phone without scrolling sideways, down to 320 pixels", async () => {
      for (const address of ADDRESSES) {
        const page = await openAs(shop, "owner", address, { viewport: { width: 320, height: 640 } });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([address, beyond]).toEqual([address, 0]);
        await page.context().close();
      }
    });

    it("shows how to begin where nothing was ever counted", async () => {
      const page = await openAs(shop, "owner", "/orgs/new");
      await page.getByRole("heading", { name: "No events yet" }).waitFor();
      const snippets = await page.locator(".snippet").allInnerTexts();
      expect(snippets[0]).toContain(`<script defer src="${shop.url}/b.js" data-site="`);
      expect(snippets[1]).toContain(`curl ${shop.url}/v1/events`);
      expect(await page.locator("main a[href='/orgs/new/site-keys']").count()).toBeGreaterThan(0);
    });

    it("writes names and paths as text, whatever they hold", async () => {
      const attack = `</script><img src=x onerror="window.pwned=1">`;
      await tenant.happen([
        { userId: attack, userName: attack, path: `/${attack}`, referrer: "evil.example" },
      ]);
      const page = await openAs(shop, "owner", "/orgs/acme?range=7d");
      await page.locator(".user-name", { hasText: "onerror" }).first().waitFor();
      await page.locator("#sort-name").click();
      await page.waitForFunction(() => document.querySelector("[aria-sort=ascending] #sort-name"));
      expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
      expect(await page.locator("main img").count()).toBe(0);
    });

    it("raises no complaint of the browser", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  tenant.open,
);

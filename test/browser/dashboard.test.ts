import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { dashboardTenant, USERS } from "./dashboard-tenant.ts";

const tenant = dashboardTenant();
const { openAs } = tenant;

const numberIn = (text: string) => Number(text.replaceAll(",", ""));
const tile = async (page: Page, metric: string) =>
  numberIn(await page.locator(`#tile-${metric} .tile-value`).innerText());
const settled = (page: Page) => page.waitForFunction(() => !document.querySelector("[aria-busy]"));
const names = (page: Page) => page.locator(".users tbody .user-name").allInnerTexts();

describeShop(
  "the dashboard",
  (shop) => {
    it("is for people who are signed in, and for roles that may read numbers", async () => {
      const page = await shop.open("/orgs/acme?range=7d");
      expect(new URL(page.url()).pathname).toBe("/sign-in");
      expect(new URL(page.url()).searchParams.get("next")).toBe("/orgs/acme?range=7d");
      const member = await openAs(shop, "member");
      await member.getByText("The dashboard is not for your role").waitFor();
      expect(await member.locator("#board").count()).toBe(0);
      const stranger = await openAs(shop, "stranger");
      await stranger.getByText("Nothing here").waitFor();
      expect(await stranger.content()).not.toContain("Acme Lighting");
    });

    it("adds up: the tiles are the sum of the points that the table lists", async () => {
      const page = await openAs(shop, "analyst", "/orgs/acme?range=90d");
      const views = await tile(page, "page_views");
      expect(views).toBeGreaterThan(USERS);
      await page.locator(".chart-panel .as-table summary").click();
      const cells = await page.locator(".chart-panel .numbers tbody td:nth-child(2)").allInnerTexts();
      expect(cells.map(numberIn).reduce((sum, value) => sum + value, 0)).toBe(views);
      expect(await tile(page, "active_users")).toBe(USERS);
      expect(await page.locator("#bots-title").innerText()).toMatch(/Bots: \d+ events, counted apart/);
    });

    it("changes the range in place, keeps the old numbers meanwhile, and goes back", async () => {
      const page = await openAs(shop, "owner");
      const before = await tile(page, "page_views");
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route("**/overview?*", async (route) => {
        await held;
        await route.continue();
      });
      await page.locator("#range-7d").click();
      await page.locator("#board[aria-busy]").waitFor();
      expect(await tile(page, "page_views")).toBe(before);
      expect(page.url()).toBe(`${shop.url}/orgs/acme?range=7d`);
      release();
      await settled(page);
      expect(await tile(page, "page_views")).toBeLessThan(before);
      expect(await page.locator("#range-7d").getAttribute("aria-current")).toBe("true");
      await page.goBack();
      await page.waitForFunction(
        (text) => document.querySelector("#tile-page_views .tile-value")?.textContent === text,
        before.toLocaleString("en-US"),
      );
      expect(page.url()).toBe(`${shop.url}/orgs/acme`);
    });

    it("takes dates of one's own, and says what is wrong with them", async () => {
      const page = await openAs(shop, "owner");
      await page.locator(".own-range summary").click();
      await page.locator("[name=from]").fill("2026-03-01");
      await page.locator("[name=to]").fill("2026-03-07");
      await page.getByRole("button", { name: "Show" }).click();
      await settled(page);
      expect(page.url()).toBe(`${shop.url}/orgs/acme?from=2026-03-01&to=2026-03-07`);
      await page.locator(".legend", { hasText: "1–7 Mar 2026" }).waitFor();
      expect(await page.locator(".chart-panel .bar").count()).toBeGreaterThan(3);
      await page.goto(`${shop.url}/orgs/acme?from=2026-03-07&to=2026-03-01`);
      await page.getByRole("alert").getByText("The range ends before it begins").waitFor();
      expect((await names(page)).length).toBe(50);
    });

    it("changes the zone in place: the same events, other days", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme?from=2026-03-02&to=2026-03-31");
      const utc = await page.locator(".chart-panel .numbers tbody").textContent();
      await page.locator("#tz").fill("Pacific/Kiritimati");
      await page.keyboard.press("Enter");
      await settled(page);
      await page.locator("#status", { hasText: "Pacific/Kiritimati" }).waitFor();
      expect(new URL(page.url()).searchParams.get("tz")).toBe("Pacific/Kiritimati");
      expect(await page.locator(".chart-panel .numbers tbody").textContent()).not.toBe(utc);
      await page.locator("#tz").fill("Mars/Olympus");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").getByText("time zone").waitFor();
      await page.goBack();
      await page.getByRole("alert").waitFor({ state: "detached" });
    });

    it("switches the metric without asking, and the comparison by asking", async () => {
      const page = await openAs(shop, "owner");
      const asked: string[] = [];
      page.on("request", (request) => void (request.url().includes("overview") && asked.push(request.url())));
      await page.locator("#metric-logins").click();
      await page.locator("#chart-title", { hasText: "Logins" }).waitFor();
      expect(asked).toEqual([]);
      await page.locator("#compare").selectOption("none");
      await page.waitForFunction(() => document.querySelectorAll(".chart-panel .key-before").length === 0);
      expect(asked).toHaveLength(1);
      expect(await page.locator(".change").count()).toBe(0);
    });

    it("is read by the arrow keys, which say each point, and by the pointer", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme?from=2026-03-01&to=2026-03-30");
      const chart = page.locator("#main-chart");
      await chart.focus();
      const said = () => page.locator("#chart-value").innerText();
      await page.keyboard.press("ArrowRight");
      expect(await said()).toMatch(/^Mon, 30 Mar 2026: \d+ page views; Sat, 28 Feb 2026: /);
      await page.keyboard.press("ArrowLeft");
      expect(await said()).toContain("Sun, 29 Mar 2026: ");
      await page.keyboard.press("Home");
      expect(await said()).toContain("Sun, 1 Mar 2026: ");
      expect(await chart.locator(".tooltip").isVisible()).toBe(true);
      expect(await chart.locator(".cursor-line").getAttribute("x1")).toBe("0%");
      await page.keyboard.press("Escape");
      expect(await chart.locator(".tooltip").isVisible()).toBe(false);
      const box = await chart.boundingBox();
      if (box === null) throw new Error("The chart has no place");
      await page.mouse.move(box.x + box.width - 2, box.y + 100);
      expect(await chart.locator(".tooltip-name").innerText()).toContain("30 Mar 2026");
      await page.mouse.move(box.x, box.y - 200);
      expect(await chart.locator(".tooltip").isVisible()).toBe(false);
    });

    it("sorts by every column, both ways, without loading the page", async () => {
      const page = await openAs(shop, "owner");
      await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
      for (const [column, cell] of [
        ["page_views", 3],
        ["logins", 4],
      ] as const) {
        for (const direction of ["descending", "ascending"]) {
          await page.locator(`#sort-${column}`).click();
          await page.locator(`.users th[aria-sort=${direction}] #sort-${column}`).waitFor();
          await settled(page);
          const cells = await page.locator(`.users tbody tr > :nth-child(${cell})`).allInnerTexts();
          const numbers = cells.slice(0, 50).map(numberIn);
          expect(numbers).toEqual(numbers.toSorted((a, b) => (direction === "ascending" ? a - b : b - a)));
          expect(await page.evaluate(() => document.activeElement?.id)).toBe(`sort-${column}`);
        }
      }
      await page.locator("#sort-name").click();
      await page.locator(".users th[aria-sort=ascending] #sort-name").waitFor();
      await settled(page);
      expect((await names(page))[0]).toMatch(/^Ada Lovelace/);
      expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
    });

    it("grows to the last user while one scrolls, each once", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme?sort=name");
      for (let step = 0; step < 40 && (await page.locator("#more-users").count()) > 0; step++) {
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await page.waitForTimeout(100);
      }
      const ids = await page.locator(".users tbody tr").allInnerTexts();
      expect(ids).toHaveLength(USERS);
      expect(new Set(ids.map((text) => /user-\d+/.exec(text)?.[0])).size).toBe(USERS);
    });

    it("keeps the list where more cannot be loaded, and tries again when asked", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme?sort=name");
      await page.route("**/users?*", (route) => route.fulfill({ status: 503, body: "{}" }));
      await page.locator("#more-users").scrollIntoViewIfNeeded();
      await page.getByText("More could not be loaded. Try again").waitFor();
      expect((await names(page)).length).toBe(50);
      await page.unroute("**/users?*");
      await page.locator("#more-users").click();
      await page.waitForFunction(() => document.querySelectorAll(".users tbody tr").length >= 100);
    });

    it("finds users by the beginning of a name, and by when they were active", async () => {
      const page = await openAs(shop, "owner");
      await page.locator("#users-q").pressSequentially("grace", { delay: 40 });
      await page.waitForURL(/q=grace/);
      await settled(page);
      await page.waitForFunction(() => document.querySelectorAll(".users tbody tr").length < 50);
      const found = await names(page);
      expect(found.length).toBeGreaterThan(5);
      expect(found.every((name) => name.startsWith("Grace"))).toBe(true);
      expect(await page.locator("#users-csv").getAttribute("href")).toContain("q=grace");
      await page.locator("#users-active").selectOption("7d");
      await page.waitForURL(/active=7d/);
      await settled(page);
      expect((await names(page)).length).toBeLessThan(found.length);
      await page.locator("#users-q").fill("zzz");
      await page.getByText("No user matches").waitFor();
      await page.locator("#all-users").click();
      await page.waitForFunction(() => document.querySelectorAll(".users tbody tr").length === 50);
      expect(page.url()).toBe(`${shop.url}/orgs/acme`);
    });

    it("says when a part does not answer, keeps what was there, and comes back", async () => {
      const page = await openAs(shop, "owner");
      const before = await tile(page, "page_views");
      await page.route("**/overview?*", (route) => route.fulfill({ status: 503, body: "{}" }));
      await page.locator("#range-90d").click();
      await page.getByRole("alert").waitFor();
      expect(await tile(page, "page_views")).toBe(before);
      await page.unroute("**/overview?*");
      await page.locator("#retry-overview").click();
      await page.getByRole("alert").waitFor({ state: "detached" });
      expect(await tile(page, "page_views")).toBeGreaterThan(before);
    });

    it("shows points that are not counted yet as such", async () => {
      const page = await openAs(shop, "owner", "/orgs/acme?metric=active_users");
      await page.route("**/overview?*", async (route) => {
        const answer = await route.fetch();
        const body = (await answer.json()) as { series: { active_users: number | null }[] };
        body.series.slice(3, 5).forEach((point) => (point.active_users = null));
        await route.fulfill({ response: answer, json: body });
      });
      await page.locator("#range-90d").click();
      await page.getByText("Active users of 2 points are being computed").waitFor();
      await page.locator(".chart-panel .as-table summary").click();
      expect(await page.locator(".chart-panel .numbers td", { hasText: "being computed" }).count()).toBe(2);
    });

    it("shows a new event within 5 s: who is there now", { timeout: 60_000 }, async () => {
      const page = await openAs(shop, "owner");
      await page.waitForFunction(() => document.querySelector("#live-value") !== null);
      const before = numberIn(await page.locator("#live-value").innerText());
      await tenant.happen([{ userId: "someone-new" }, { userId: "another-new" }]);
      const started = Date.now();
      await page.waitForFunction(
        (count) => document.querySelector("#live-value")?.textContent === String(count),
        before + 2,
      );
      // A second of it is for a machine that runs other tests meanwhile.
      expect(Date.now() - started).toBeLessThan(6_000);
    });

    it("shows the first event of an organisation by itself", { timeout: 60_000 }, async () => {
      const page = await openAs(shop, "owner", "/orgs/new");
      await page.getByRole("heading", { name: "No events yet" }).waitFor();
      await tenant.happen([{ userId: "first", userName: "First One" }], "new");
      await page.locator(".user-name", { hasText: "First One" }).waitFor();
      expect(await tile(page, "page_views")).toBe(1);
    });

    it("raises no complaint of the browser", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  tenant.open,
);

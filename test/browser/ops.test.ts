import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { opsShop } from "./ops-fixture.ts";

const ops = opsShop();

describeShop(
  "the operator's page",
  (shop) => {
    it("says that nothing was asked before anything was", async () => {
      const page = await ops.signIn(shop, "/ops?minutes=15");
      // The page itself is a request; its own minute is the last.
      expect(await page.locator("#ops-letters").innerText()).toContain("None wait");
      await page.goto(`${shop.url}/ops?minutes=15&route=GET+%2Fv1%2Fsearch`);
      expect(await page.locator("#ops-latency").innerText()).toContain(
        "No requests of this route in the last 15 minutes",
      );
      expect(await page.locator("#ops-jobs").innerText()).toContain("No job ran");
      await page.context().close();
    });

    it("shows requests, errors, caches, statements and the index as they come", async () => {
      const page = await ops.signIn(shop);
      await ops.ask(12);
      const search = page.locator("#ops-routes tr", { hasText: "GET /v1/search" });
      await search.waitFor();
      expect(await page.locator("#ops-errors").innerText()).toContain("not_found");
      expect(await page.locator("#ops-caches tbody tr", { hasText: "search" }).count()).toBe(1);
      expect(await page.locator("#ops-database .ops-statements tbody tr").count()).toBeGreaterThan(2);
      expect(await page.locator("#latency-chart .ops-line-99").getAttribute("d")).toMatch(/L/);
      await search.getByRole("link").click();
      await page.getByRole("heading", { name: "Latency of GET /v1/search" }).waitFor();
      expect(new URL(page.url()).searchParams.get("route")).toBe("GET /v1/search");
      await page.goBack();
      await page.getByRole("heading", { name: "Latency of all routes" }).waitFor();
      await page.context().close();
    });

    it("tells each minute by the arrow keys", async () => {
      const page = await ops.signIn(shop);
      await page.locator("#latency-chart").focus();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      expect(await page.locator("#chart-value").innerText()).toMatch(/^12:0\d UTC: Requests [\d,]+, p50 /);
      expect(await page.locator("#latency-chart .tooltip").isVisible()).toBe(true);
      await page.keyboard.press("Escape");
      expect(await page.locator("#latency-chart .tooltip").isVisible()).toBe(false);
      await page.context().close();
    });

    it("redrives a job that has failed for good, which then is done", async () => {
      await ops.failRebuild();
      const page = await ops.signIn(shop);
      const letter = page.locator(".ops-letter", { hasText: "index.rebuild" });
      expect(await letter.innerText()).toContain("6 attempts");
      await letter.getByRole("button", { name: "Redrive" }).click();
      await page.locator("#ops-progress", { hasText: "1 dead letter is on its way again" }).waitFor();
      await page.locator("#ops-letters", { hasText: "None wait" }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("ops-progress");
      await ops.work();
      await page.locator("#ops-jobs tr", { hasText: "index.rebuild" }).waitFor();
      const generation = page.locator("#ops-state dt:text-is('Generation') + dd");
      await expect.poll(() => generation.innerText(), { timeout: 8_000 }).toMatch(/^[1-9]/);
      await page.context().close();
    });

    it("redrives all of a kind after a question, by keyboard", async () => {
      await ops.failRebuild();
      const page = await ops.signIn(shop);
      await page.getByRole("button", { name: "Redrive index.rebuild (1)" }).focus();
      await page.keyboard.press("Enter");
      const question = page.getByRole("dialog", { name: "Redrive 1 dead letter?" });
      await question.waitFor();
      await page.keyboard.press("Escape");
      await question.waitFor({ state: "hidden" });
      expect(await page.locator(".ops-letter").count()).toBe(1);
      await page.keyboard.press("Enter");
      await question.getByRole("button", { name: "Redrive", exact: true }).click();
      await page.locator("#ops-letters", { hasText: "None wait" }).waitFor();
      await ops.work();
      await page.context().close();
    });

    it("ends an experiment after a question, by one change", async () => {
      await ops.experiment("longer-pages", 24);
      expect(await ops.pageSize()).toBe(20);
      const page = await ops.signIn(shop);
      const entry = page.locator("#experiment-longer-pages");
      expect(await entry.innerText()).toContain("Too few to say");
      const units = await entry.locator("tbody tr td:nth-child(2)").allInnerTexts();
      expect(units).toHaveLength(2);
      expect(units.reduce((sum, text) => sum + Number(text), 0)).toBe(24);
      await entry.getByRole("button", { name: "End with the treatment" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
      await page.getByText("The experiment has ended.").waitFor();
      expect(await page.locator("#ops-experiments").innerText()).toContain("None runs");
      expect(await ops.pageSize()).toBe(40);
      await page.context().close();
    });

    it("keeps what it knew while the metrics are away, and says since when", async () => {
      const page = await ops.signIn(shop);
      ops.hub.isAway = true;
      try {
        await page.locator("#ops-problem", { hasText: "The metrics do not answer just now" }).waitFor();
        expect(await page.locator("#ops-problem").innerText()).toMatch(
          /Shown as of 2026-03-31 \d\d:\d\d:\d\d UTC/,
        );
        expect(await page.locator("#ops-routes tbody tr").count()).toBeGreaterThan(2);
      } finally {
        ops.hub.isAway = false;
      }
      await page.locator("#ops-problem .ops-away").waitFor({ state: "detached" });
      await page.context().close();
    });

    it("shows the isolates' numbers while the database is away", async () => {
      const { faults } = ops.place();
      faults.database.kind = "away";
      try {
        const page = await ops.signIn(shop);
        expect(await page.locator("#ops-problem").innerText()).toContain("The database does not answer");
        expect(await page.locator("#ops-routes tbody tr").count()).toBeGreaterThan(2);
        expect(await page.locator("#tile-backlog .tile-value").innerText()).toBe("–");
        await page.context().close();
      } finally {
        faults.database.kind = "none";
      }
      ops.place().platform.clock.advance(60_000);
    });

    it("says that it has lost contact, and when it is back", async () => {
      const page = await ops.signIn(shop);
      await page.locator("#ops-status", { hasText: "Live" }).waitFor();
      await page.context().setOffline(true);
      await page.locator("#ops-status", { hasText: "No contact" }).waitFor();
      await page.context().setOffline(false);
      await page.locator("#ops-status", { hasText: "Live" }).waitFor();
      await page.context().close();
    });

    it("leads to signing in once the session has ended, also by signing out elsewhere", async () => {
      const page = await ops.signIn(shop);
      const other = await page.context().newPage();
      await other.goto(`${shop.url}/ops`);
      await other.getByRole("button", { name: "Sign out" }).click();
      await other.getByText("You are signed out.").waitFor();
      await page.waitForURL("**/ops/sign-in");
      await page.context().close();
    });

    it("raises no complaint of the browser", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  ops.open,
);

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { drawnFile, drop, tileOf, untilState } from "./upload-files.ts";
import { uploadTenant } from "./upload-fixture.ts";

const tenant = uploadTenant();
const UPLOADS = "**/v1/images?*";

describeShop(
  "uploading in trouble",
  (shop) => {
    const open = (): Promise<Page> => tenant.openAs(shop, "ada");

    it("tries again after a lost connection, and loses nothing", async () => {
      const page = await open();
      const files = [
        await drawnFile(page, "lost.jpg", { hue: 1 }),
        await drawnFile(page, "kept.jpg", { hue: 2 }),
      ];
      await page.route(UPLOADS, (route) =>
        route.request().url().includes("lost") ? route.abort("connectionreset") : route.continue(),
      );
      await drop(page, files);
      await untilState(page, "kept.jpg", "ready");
      const lost = await untilState(page, "lost.jpg", "failed");
      expect(await lost.innerText()).toContain("The connection was lost");
      await page.unroute(UPLOADS);
      await lost.getByRole("button", { name: "Try again: lost.jpg" }).click();
      await untilState(page, "lost.jpg", "ready");
      await page.getByText("2 ready", { exact: true }).waitFor();
    });

    it("tries all again that may do another time", async () => {
      const page = await open();
      await page.route(UPLOADS, (route) => route.abort("connectionreset"));
      await drop(page, [
        await drawnFile(page, "one.jpg", { hue: 3 }),
        await drawnFile(page, "two.jpg", { hue: 4 }),
      ]);
      for (const name of ["one.jpg", "two.jpg"]) await untilState(page, name, "failed");
      await page.unroute(UPLOADS);
      await page.getByRole("button", { name: "Try all again" }).click();
      for (const name of ["one.jpg", "two.jpg"]) await untilState(page, name, "ready");
    });

    it("waits while it is offline, and goes on by itself", async () => {
      const page = await open();
      const file = await drawnFile(page, "later.jpg", { hue: 5 });
      await page.context().setOffline(true);
      await drop(page, [file]);
      await page.getByText("You are offline.").waitFor();
      await untilState(page, "later.jpg", "waiting");
      await page.context().setOffline(false);
      await untilState(page, "later.jpg", "ready");
      expect(await page.getByText("You are offline.").isVisible()).toBe(false);
    });

    it("waits as long as a limit of requests asks, and goes on by itself", async () => {
      const page = await open();
      let refusals = 0;
      await page.route(UPLOADS, (route) => {
        if (refusals++ > 0) return route.continue();
        const headers = { "Retry-After": "1" };
        return route.fulfill({ status: 429, headers, json: { code: "rate_limited", detail: "Too many" } });
      });
      await drop(page, [await drawnFile(page, "limited.jpg", { hue: 6 })]);
      await page.getByText("Many files in a short time").waitFor();
      await untilState(page, "limited.jpg", "ready");
      expect(await page.getByText("Many files in a short time").isVisible()).toBe(false);
    });

    it("tells of a service that stays away, file by file", async () => {
      const page = await open();
      await page.route(UPLOADS, (route) => {
        const headers = { "Retry-After": "0" };
        return route.fulfill({ status: 503, headers, json: { code: "unavailable", detail: "Away" } });
      });
      await drop(page, [await drawnFile(page, "away.jpg", { hue: 7 })]);
      const tile = await untilState(page, "away.jpg", "failed");
      expect(await tile.innerText()).toContain("We will be right back");
    });

    it("goes on where it stopped once who was signed out has signed in again", async () => {
      const page = await open();
      const file = await drawnFile(page, "patient.jpg", { hue: 8 });
      await page.context().clearCookies();
      await drop(page, [file]);
      await page.getByText("You are signed out.").waitFor();
      const link = page.getByRole("link", { name: "sign in again in a new tab" });
      expect(await link.getAttribute("target")).toBe("_blank");
      await untilState(page, "patient.jpg", "waiting");
      await tenant.signInAgain(page, shop, "ada");
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await untilState(page, "patient.jpg", "ready");
    });

    it("never sends what was meant for one account into another", async () => {
      const page = await open();
      const file = await drawnFile(page, "mine.jpg", { hue: 9 });
      await page.context().clearCookies();
      await drop(page, [file]);
      await page.getByText("You are signed out.").waitFor();
      await tenant.signInAgain(page, shop, "lone");
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await page.getByText("Somebody else is signed in").waitFor();
      await untilState(page, "mine.jpg", "waiting");
    });

    it("asks for each image where events do not get through", async () => {
      const page = await open();
      await page.route("**/v1/images/events?*", (route) => route.abort());
      await drop(page, [await drawnFile(page, "asked.jpg", { hue: 10 })]);
      await untilState(page, "asked.jpg", "ready");
    });

    it("follows what was being made when the page was loaded", async () => {
      const page = await open();
      tenant.holdQueue();
      await drop(page, [await drawnFile(page, "slow.jpg", { hue: 11 })]);
      await untilState(page, "slow.jpg", "making");
      await page.getByText("Making pictures of 1").waitFor();
      await page.reload();
      await untilState(page, "slow.jpg", "making");
      await tenant.letQueueGo();
      await untilState(page, "slow.jpg", "ready");
    });

    it("says that a picture was damaged although its beginning was not", async () => {
      const page = await open();
      const { buffer } = await drawnFile(page, "", { type: "image/png", hue: 12, width: 900, height: 700 });
      buffer.fill(0, 400);
      await drop(page, [{ name: "damaged.png", mimeType: "image/png", buffer }]);
      const tile = await untilState(page, "damaged.png", "failed");
      expect(await tile.innerText()).toMatch(/damaged|ends in the middle/);
      await tile.getByRole("link", { name: "Delete: damaged.png" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await tileOf(page, "damaged.png").waitFor({ state: "detached" });
    });

    it("asks before a page with uploads under way is left", async () => {
      const page = await open();
      await page.route(UPLOADS, () => undefined);
      await page.locator("#file").setInputFiles([await drawnFile(page, "under-way.jpg", { hue: 13 })]);
      await untilState(page, "under-way.jpg", "sending");
      // Browsers ask only on pages that were used.
      await page.locator("h1").click();
      const asked = page.waitForEvent("dialog");
      void page.close({ runBeforeUnload: true });
      const dialog = await asked;
      expect(dialog.type()).toBe("beforeunload");
      await dialog.dismiss();
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  tenant.open,
);

import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { drawnFile, drop, heicFile, textFile, untilState } from "./upload-files.ts";
import { uploadTenant } from "./upload-fixture.ts";
import { faults } from "./faults.ts";

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const SCHEMES = ["light", "dark"] as const;

const tenant = uploadTenant();

let hue = 100;

/** All that a tile can be, at once; answers the name of the one that is ready. */
async function showAll(page: Page): Promise<string> {
  // The same bytes would be ready at once, and those of an earlier page are shown still.
  hue += 3;
  const ready = `ready-${hue}.jpg`;
  const making = `making-${hue}.jpg`;
  await drop(page, [await drawnFile(page, ready, { hue })]);
  await untilState(page, ready, "ready");
  tenant.holdQueue();
  await page.route("**/v1/images?*", (route) =>
    route.request().url().includes("stuck") ? undefined : route.continue(),
  );
  await drop(page, [
    await drawnFile(page, making, { hue: hue + 1 }),
    heicFile("IMG_1.HEIC"),
    textFile("x.jpg"),
  ]);
  await untilState(page, making, "making");
  await untilState(page, "x.jpg", "failed");
  const stuck = await drawnFile(page, "stuck.jpg", { hue: hue + 2 });
  await drop(
    page,
    ["0", "1", "2", "3", "4", "5"].map((at) => ({ ...stuck, name: `stuck-${at}.jpg` })),
  );
  await untilState(page, "stuck-0.jpg", "sending");
  const cancelled = await untilState(page, "stuck-5.jpg", "waiting");
  await cancelled.getByRole("button", { name: "Cancel" }).click();
  return ready;
}

describeShop(
  "uploading is within everyone's reach",
  (shop) => {
    it("has no fault that axe finds, empty and in every state", { timeout: 120_000 }, async () => {
      for (const viewport of SIZES) {
        for (const colorScheme of SCHEMES) {
          const options = { viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce" as const };
          const empty = await tenant.openAs(shop, "lone", "/upload", options);
          expect(await faults(empty)).toEqual([]);
          const page = await tenant.openAs(shop, "ada", "/upload", options);
          const ready = await showAll(page);
          expect(await faults(page)).toEqual([]);
          await page.getByRole("link", { name: `Delete: ${ready}` }).click();
          expect(await faults(page)).toEqual([]);
          await page.keyboard.press("Escape");
          const href = await page.getByRole("link", { name: ready, exact: true }).getAttribute("href");
          await page.context().close();
          await empty.context().close();
          const one = await tenant.openAs(shop, "ada", href ?? "", options);
          expect(await faults(one)).toEqual([]);
          await one.context().close();
          await tenant.letQueueGo();
        }
      }
    });

    it("fits a phone without scrolling sideways, down to 320 pixels", async () => {
      const page = await tenant.openAs(shop, "ada", "/upload", { viewport: { width: 320, height: 640 } });
      const ready = await showAll(page);
      const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(await beyond()).toBe(0);
      await tenant.letQueueGo();
      await page.unrouteAll();
      await page.goto(
        shop.url + (await page.getByRole("link", { name: ready, exact: true }).getAttribute("href")),
      );
      expect(await beyond()).toBe(0);
    });

    it("works by keyboard alone, and says what happens", async () => {
      const page = await tenant.openAs(shop, "ada");
      const focused = () =>
        page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent?.trim());
      const until = async (text: string) => {
        for (let step = 0; step < 60 && (await focused()) !== text; step++) await page.keyboard.press("Tab");
        expect(await focused()).toBe(text);
      };
      // From the start: the browser has to be told of it before the key is pressed.
      const chooser = page.waitForEvent("filechooser");
      for (let step = 0; step < 20; step++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(() => document.activeElement?.id === "file")) break;
      }
      expect(await page.getByLabel("Choose pictures").evaluate((input) => input.matches(":focus"))).toBe(
        true,
      );
      await page.keyboard.press("Enter");
      await (await chooser).setFiles([await drawnFile(page, "keys.jpg", { hue: 30 }), textFile("no.jpg")]);
      await untilState(page, "keys.jpg", "ready");
      await expect.poll(() => page.locator("#announcer").innerText()).toMatch(/1 ready · 1 problem/i);
      await until("Show problems");
      await page.keyboard.press("Enter");
      await until("Dismiss: no.jpg");
      await page.keyboard.press("Enter");
      expect(await page.getByRole("heading", { name: "no.jpg" }).count()).toBe(0);
      await page.locator("#file").focus();
      await until("Delete: keys.jpg");
      await page.keyboard.press("Enter");
      expect(await focused()).toBe("Keep it");
      await page.keyboard.press("Escape");
      expect(await focused()).toBe("Delete: keys.jpg");
      await page.keyboard.press("Enter");
      await until("Delete");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "keys.jpg" }).waitFor({ state: "detached" });
      await expect.poll(() => page.locator("#announcer").innerText()).toBe("keys.jpg is deleted");
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
    });

    it("uploads, shows and deletes without script", async () => {
      const drawing = await tenant.openAs(shop, "emmy");
      const file = await drawnFile(drawing, "plain.jpg", { hue: 60 });
      const page = await tenant.openAs(shop, "emmy", "/upload", { javaScriptEnabled: false });
      await page.locator("#file").setInputFiles([file]);
      tenant.holdQueue();
      await page.getByRole("button", { name: "Upload" }).click();
      await page.getByText("Making pictures…").waitFor();
      expect(await page.locator("h1").innerText()).toBe("plain.jpg");
      await tenant.letQueueGo();
      // The page asks for itself anew.
      await page.getByLabel("Link to Large").waitFor();
      expect(await page.getByLabel("Link to Large").inputValue()).toMatch(/\/i\/img_[^/]+\/large$/);
      await page.getByRole("link", { name: "All pictures" }).click();
      await page.getByRole("link", { name: "Delete: plain.jpg" }).click();
      await page.getByRole("button", { name: "Delete plain.jpg" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.getByText("The picture is deleted.").waitFor();
      await page.getByText("No pictures yet").waitFor();
    });

    it("says without script what is wrong with a file", async () => {
      const page = await tenant.openAs(shop, "emmy", "/upload?org=acme", { javaScriptEnabled: false });
      await page.locator("#file").setInputFiles([heicFile("IMG_2.HEIC")]);
      await page.getByRole("button", { name: "Upload" }).click();
      await page.getByText("This is a HEIC photo").waitFor();
      expect(page.url()).toBe(`${shop.url}/upload?org=acme`);
      expect(await page.title()).toMatch(/^Error: /);
      await page.locator("#file").setInputFiles([textFile("x.jpg", "")]);
      await page.getByRole("button", { name: "Upload" }).click();
      await page.getByText("There is no picture in this file").waitFor();
    });

    it("pages without script to earlier pictures, and shows more with it", async () => {
      const page = await tenant.openAs(shop, "ada");
      const file = await drawnFile(page, "", { width: 64, height: 48, type: "image/png" });
      for (let at = 0; at < 26; at++) {
        // Bytes after the end of a PNG change what it is, not what it shows.
        const data = Buffer.concat([file.buffer, Buffer.from([at])]);
        await page.request.post(`${shop.url}/v1/images?file_name=many-${at}.png`, {
          data,
          headers: { "Content-Type": "image/png", Origin: shop.url },
        });
      }
      await page.reload();
      const names = page.locator(".tile [data-part=name]");
      expect(await names.count()).toBe(24);
      await page.getByRole("link", { name: "Show more" }).click();
      await expect.poll(() => names.count()).toBeGreaterThan(25);
      const all = await names.allInnerTexts();
      const ids = await page
        .locator(".tile")
        .evaluateAll((tiles) => tiles.map(({ dataset }) => dataset.image));
      expect(new Set(ids).size).toBe(all.length);
      expect(all).toEqual(expect.arrayContaining(["many-0.png", "many-25.png"]));
    });
  },
  tenant.open,
);

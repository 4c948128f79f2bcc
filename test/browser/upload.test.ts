import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { drawnFile, drop, heicFile, textFile, tileOf, untilState } from "./upload-files.ts";
import { uploadTenant } from "./upload-fixture.ts";

const tenant = uploadTenant();

describeShop(
  "uploading",
  (shop) => {
    const open = (path?: string): Promise<Page> => tenant.openAs(shop, "ada", path);

    it("asks who is not signed in to sign in, and leads back", async () => {
      const page = await shop.open("/upload");
      expect(page.url()).toBe(`${shop.url}/sign-in?next=%2Fupload`);
    });

    it("is reached from the menu and the account page", async () => {
      const page = await open("/account");
      await page.getByRole("link", { name: "Upload and see your pictures" }).click();
      await page.waitForURL(`${shop.url}/upload`);
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.locator("#account-menu").getByRole("link", { name: "Upload pictures" }).click();
      await page.waitForURL(`${shop.url}/upload`);
    });

    it("turns dropped files into pictures where they stand, and a broken one loses nothing else", async () => {
      const page = await open();
      const names = ["dawn.jpg", "noon.png", "dusk.webp"];
      const types = ["image/jpeg", "image/png", "image/webp"] as const;
      const drawn = await Promise.all(
        names.map((name, at) => drawnFile(page, name, { hue: at * 40, type: types[at] })),
      );
      await drop(page, [...drawn.slice(0, 1), textFile("page.html.jpg"), ...drawn.slice(1)]);
      for (const name of names) {
        const tile = await untilState(page, name, "ready");
        expect(await tile.locator("[data-part=facts]").innerText()).toMatch(/^640 × 480 · /);
        expect(await tile.locator("[data-variant=thumb]").innerText()).toMatch(/Thumb\s*100 × 75, \d+ k?B/);
        const picture = tile.locator("img");
        await picture.scrollIntoViewIfNeeded();
        await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(500);
      }
      const broken = await untilState(page, "page.html.jpg", "failed");
      expect(await broken.innerText()).toContain("There is no picture in this file");
      expect(await page.locator("#summary").innerText()).toContain("3 ready · 1 problem");
      expect(await page.evaluate(() => "pwned" in window)).toBe(false);
      await page.reload();
      expect(await page.locator(".tile [data-part=name]").allInnerTexts()).toEqual(
        expect.arrayContaining(names),
      );
      expect(await tileOf(page, "page.html.jpg").count()).toBe(0);
    });

    it("says how to get a JPEG of a HEIC photo, without sending it", async () => {
      const page = await open();
      const sent: string[] = [];
      page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
      await drop(page, [heicFile("IMG_0001.HEIC")]);
      const tile = await untilState(page, "IMG_0001.HEIC", "failed");
      expect(await tile.innerText()).toContain("Most Compatible");
      expect(await tile.getByRole("button", { name: /^Try again/ }).isVisible()).toBe(false);
      await tile.getByRole("button", { name: "Dismiss: IMG_0001.HEIC" }).click();
      await tile.waitFor({ state: "detached" });
      expect(sent).toEqual([]);
    });

    it("shows how much is sent, and stops what is cancelled", async () => {
      const page = await open();
      const network = await page.context().newCDPSession(page);
      await network.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: 200_000,
      });
      const name = "large.png";
      const buffer = Buffer.alloc(3_000_000, 1);
      await page.locator("#file").setInputFiles([{ name, mimeType: "image/png", buffer }]);
      const tile = tileOf(page, name);
      const progress = tile.getByRole("progressbar", { name: `Progress of ${name}` });
      await expect.poll(() => progress.evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(0);
      expect(await tile.locator("[data-part=status]").innerText()).toMatch(/^Uploading, \d+ %$/);
      await tile.getByRole("button", { name: `Cancel: ${name}` }).click();
      expect(await tile.innerText()).toContain("It was not uploaded.");
      expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe(`Try again: ${name}`);
      await page.reload();
      expect(await tileOf(page, name).count()).toBe(0);
    });

    it("sends at most four at once, in their order, and cancels all", async () => {
      const page = await open();
      const sent: string[] = [];
      await page.route("**/v1/images?*", (route) => {
        sent.push(new URL(route.request().url()).searchParams.get("file_name") ?? "");
      });
      const file = await drawnFile(page, "");
      const names = Array.from({ length: 9 }, (_, at) => `many-${at}.jpg`);
      await drop(
        page,
        names.map((name) => ({ ...file, name })),
      );
      await expect.poll(() => sent.length).toBe(4);
      await page.getByText("9 files to go").waitFor();
      await page.getByRole("button", { name: "Cancel all" }).click();
      expect(await page.locator('.tile[data-state="cancelled"]').count()).toBe(9);
      // Four connections: they start in order and may arrive in any.
      expect(sent.toSorted()).toEqual(names.slice(0, 4));
    });

    it("takes what is pasted", async () => {
      const page = await open();
      const { buffer } = await drawnFile(page, "clip.png", { type: "image/png", hue: 300 });
      await page.evaluate((base64) => {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([bytes], "clip.png", { type: "image/png" }));
        document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
      }, buffer.toString("base64"));
      await untilState(page, "clip.png", "ready");
    });

    it("copies a link, and deletes after a question", async () => {
      const page = await open();
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await drop(page, [await drawnFile(page, "gone.jpg", { hue: 77 })]);
      const tile = await untilState(page, "gone.jpg", "ready");
      await tile.getByRole("button", { name: "Copy link: gone.jpg" }).click();
      await tile.getByText("Copied").waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toMatch(new RegExp(`^${shop.url}/i/img_[^/]+/large$`));
      await tile.getByRole("link", { name: "Delete: gone.jpg" }).click();
      const question = page.getByRole("dialog");
      expect(await question.innerText()).toContain("gone.jpg");
      await question.getByRole("button", { name: "Keep it" }).click();
      expect(await tile.count()).toBe(1);
      await tile.getByRole("link", { name: "Delete: gone.jpg" }).click();
      await question.getByRole("button", { name: "Delete" }).click();
      await tile.waitFor({ state: "detached" });
      await page.reload();
      expect(await tileOf(page, "gone.jpg").count()).toBe(0);
    });

    it("shows the same bytes as one picture", async () => {
      const page = await open();
      const file = await drawnFile(page, "twice.jpg", { hue: 210 });
      await drop(page, [file]);
      await untilState(page, "twice.jpg", "ready");
      await drop(page, [{ ...file, name: "again.jpg" }]);
      await expect.poll(() => page.locator(".tile[data-new]").count()).toBe(1);
      await page.locator('.tile[data-state="ready"][data-new]').waitFor();
    });

    it("uploads for the organisation that is chosen", async () => {
      const page = await open();
      await page.getByLabel("Upload for").selectOption("acme");
      await page.waitForURL(`${shop.url}/upload?org=acme`);
      await drop(page, [await drawnFile(page, "lamp.jpg", { hue: 20 })]);
      await untilState(page, "lamp.jpg", "ready");
      const emmy = await tenant.openAs(shop, "emmy", "/upload?org=acme");
      expect(await tileOf(emmy, "lamp.jpg").count()).toBe(1);
      await emmy.goto(`${shop.url}/upload`);
      expect(await tileOf(emmy, "lamp.jpg").count()).toBe(0);
    });

    it("is of nobody else's organisation", async () => {
      for (const who of ["kurt", "lone"] as const) {
        const page = await tenant.openAs(shop, who, "/upload?org=acme");
        await page.getByText("Nothing here").waitFor();
        await page.goto(`${shop.url}/upload`);
        await page.getByText("No pictures yet").waitFor();
        expect(await page.getByLabel("Upload for").count()).toBe(0);
      }
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  tenant.open,
);

import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isGenuine, openReceiver, status } from "../webhooks/receiver.ts";
import type { Receiver } from "../webhooks/receiver.ts";
import { accounts, signIn } from "./accounts-fixture.ts";
import type { Person } from "./accounts-fixture.ts";
import { describeShop } from "./browser.ts";
import { faults } from "./faults.ts";

const { open, drain } = accounts();
const PATH = "/orgs/norrvik/webhooks";
/** Where the clock of the tests stands. */
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

describeShop(
  "webhooks",
  (shop) => {
    let receiver: Receiver;
    beforeAll(async () => {
      receiver = await openReceiver();
    });
    afterAll(() => receiver.close());

    async function enter(who: Person = "ada", options: BrowserContextOptions = {}): Promise<Page> {
      const page = await shop.open(`/sign-in?next=${encodeURIComponent(PATH)}`, options);
      await signIn(page, who);
      await page.waitForURL(shop.url + PATH);
      return page;
    }
    const item = (page: Page, url: string) => page.locator(".webhook", { hasText: url });

    async function add(page: Page, url: string): Promise<string> {
      await page.getByLabel("Address").fill(url);
      await page.getByRole("button", { name: "Add webhook" }).click();
      return page.getByLabel("Signing secret", { exact: true }).inputValue();
    }

    async function remove(page: Page, url: string): Promise<void> {
      await page.getByRole("button", { name: `Delete ${url}` }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.getByText("The webhook is deleted.").waitFor();
      expect(await item(page, url).count()).toBe(0);
    }

    it("says what is wrong with an address, and keeps what was sent", async () => {
      const page = await enter();
      await page.getByLabel("Address").fill("https://192.168.0.1/hooks");
      await page.getByLabel(/image\.failed/).uncheck();
      await page.getByRole("button", { name: "Add webhook" }).click();
      expect(await page.locator("#url-error").innerText()).toContain('"192.168.0.1" is not a public address');
      expect(await page.getByLabel("Address").inputValue()).toBe("https://192.168.0.1/hooks");
      expect(await page.getByLabel(/image\.failed/).isChecked()).toBe(false);
      await page.getByLabel(/image\.ready/).uncheck();
      await page.getByRole("button", { name: "Add webhook" }).click();
      expect(await page.locator("#events-error").innerText()).toContain("Choose at least one");
      expect(await page.title()).toMatch(/^Error: /);
    });

    it("shows the secret once, and a test arrives that it verifies", async () => {
      const url = `${receiver.url}/once`;
      const page = await enter();
      const secret = await add(page, url);
      expect(secret).toMatch(/^whsec_/);
      await page.goto(shop.url + PATH);
      expect(await page.content()).not.toContain(secret);
      await page.getByRole("button", { name: `Send a test ${url}` }).click();
      await page.getByText("A test message is on its way.").waitFor();
      await drain();
      const message = receiver.received.at(-1) ?? { headers: {}, body: "" };
      expect(isGenuine(message, secret, NOW)).toBe(true);
      await page.reload();
      const sent = item(page, url).locator("details");
      await sent.locator("summary").click();
      expect(await sent.locator("tbody tr").innerText()).toMatch(/webhook\.test[^]*Delivered[^]*204/);
      await remove(page, url);
    });

    it("shows why a message failed, sends it again, and goes on with a new secret", async () => {
      const url = `${receiver.url}/again`;
      const page = await enter();
      const first = await add(page, url);
      receiver.answer = status(500, "the disk is full");
      await page.getByRole("button", { name: `Send a test ${url}` }).click();
      await page.getByText("A test message is on its way.").waitFor();
      await drain();
      await page.reload();
      const row = item(page, url).locator("tbody tr");
      expect(await row.innerText()).toMatch(/Waiting[^]*Answered 500: the disk is full/);
      await item(page, url).getByText("Failing", { exact: true }).waitFor();
      await page.getByRole("button", { name: `New secret ${url}` }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Make a new secret" }).click();
      const second = await page.getByLabel("Signing secret", { exact: true }).inputValue();
      receiver.answer = status(204);
      await page.getByRole("button", { name: "Send again webhook.test" }).click();
      await page.getByText("The message is on its way again.").waitFor();
      await drain();
      await page.reload();
      await item(page, url).locator("summary").click();
      expect(await row.innerText()).toMatch(/Delivered[^]*2 attempts/);
      const message = receiver.received.at(-1) ?? { headers: {}, body: "" };
      expect([first, second].map((one) => isGenuine(message, one, NOW))).toEqual([true, true]);
      await remove(page, url);
    });

    it("is disabled and enabled again", async () => {
      const url = `${receiver.url}/off`;
      const page = await enter("grace");
      await add(page, url);
      await page.getByRole("button", { name: `Disable ${url}` }).click();
      await item(page, url).getByText("Disabled", { exact: true }).waitFor();
      expect(await page.getByRole("button", { name: `Send a test ${url}` }).count()).toBe(0);
      await page.getByRole("button", { name: `Enable ${url}` }).click();
      await item(page, url).getByText("On", { exact: true }).waitFor();
      await remove(page, url);
    });

    it("works without script", async () => {
      const url = `${receiver.url}/plain`;
      const page = await enter("ada", { javaScriptEnabled: false });
      expect(await add(page, url)).toMatch(/^whsec_/);
      await remove(page, url);
    });

    it("is nothing to an analyst", async () => {
      const page = await shop.open("/sign-in?next=/orgs/norrvik/members");
      await signIn(page, "kurt");
      await page.waitForURL(`${shop.url}/orgs/norrvik/members`);
      expect(await page.locator(".org-nav a").allInnerTexts()).not.toContain("Webhooks");
      expect((await page.goto(shop.url + PATH))?.status()).toBe(404);
    });

    it("has no fault that axe finds, and no width beyond a phone's, with all that can be shown", async () => {
      const page = await enter("ada", { viewport: { width: 320, height: 640 }, bypassCSP: true });
      await add(page, `${receiver.url}/${"a-long-path/".repeat(12)}`);
      receiver.answer = status(500, "x".repeat(900));
      await page.getByRole("button", { name: /^Send a test .*long/ }).click();
      await page.getByText("A test message is on its way.").waitFor();
      await drain();
      await page.reload();
      await page.getByText(/^Answered 500/).waitFor();
      for (const viewport of [
        { width: 320, height: 640 },
        { width: 1280, height: 800 },
      ]) {
        await page.setViewportSize(viewport);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
        expect(await faults(page)).toEqual([]);
      }
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  open,
);

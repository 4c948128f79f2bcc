import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { community, fill } from "./people-fixture.ts";
import { faults } from "./faults.ts";

const c = community();
let lamp = "";

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

/** Every list, state and empty state of the three pages. */
function paths(): string[] {
  const people = ["ada", "bob", "cyd", "dan", "eve", "fay", "gus", "hal", "f20"].map((id) => `/u/${id}`);
  return ["/friends", "/friends?q=fr", "/friends?q=zzz", "/friends?q=x", ...people, `/posts/${lamp}`];
}

describeShop(
  "pages about people are within everyone's reach",
  (shop) => {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`have no fault that axe finds, in ${colorScheme} colours`, { timeout: 180_000 }, async () => {
        for (const viewport of SIZES) {
          const options = { viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce" as const };
          const page = await c.openAs(shop, "ada", "/friends", options);
          for (const path of paths()) {
            await page.goto(shop.url + path);
            expect(await faults(page)).toEqual([]);
          }
          await page.context().close();
        }
      });
    }

    it("have no fault in questions, open lists and errors", { timeout: 60_000 }, async () => {
      const page = await c.openAs(shop, "ada", "/u/bob", { viewport: SIZES[0], bypassCSP: true });
      await page.getByRole("button", { name: "Block Bob Noyce" }).click();
      expect(await faults(page)).toEqual([]);
      await page.goto(`${shop.url}/posts/${lamp}`);
      await page.locator(".likers summary").click();
      await page.getByLabel("Write a comment").fill("x".repeat(1_001));
      await page.getByRole("button", { name: "Send" }).click();
      await page.locator("#comment-error").waitFor();
      expect(await faults(page)).toEqual([]);
      await page.goto(`${shop.url}/u/ada`);
      await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
      expect(await faults(page)).toEqual([]);
      await page.context().close();
    });

    it("fit a phone without scrolling sideways, down to 320 pixels", { timeout: 60_000 }, async () => {
      const page = await c.openAs(shop, "ada", "/friends", { viewport: { width: 320, height: 640 } });
      const beyond: [string, number][] = [];
      for (const path of paths()) {
        await page.goto(shop.url + path);
        beyond.push([path, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]);
      }
      expect(beyond).toEqual(paths().map((path) => [path, 0]));
      await page.context().close();
    });

    it("work by keyboard alone", { timeout: 60_000 }, async () => {
      const page = await c.openAs(shop, "ada", "/friends");
      const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
      const until = async (text: string) => {
        for (let step = 0; step < 120 && (await focused()) !== text; step++) await page.keyboard.press("Tab");
        expect(await focused()).toBe(text);
      };
      await until("Accept Cyd Ārtmane");
      await page.keyboard.press("Enter");
      await page.locator("#main .notice", { hasText: "You are friends now." }).waitFor();
      await until("End friendship with Cyd Ārtmane");
      await page.keyboard.press("Enter");
      expect(await focused()).toBe("Keep it");
      await page.keyboard.press("Escape");
      expect(await focused()).toBe("End friendship with Cyd Ārtmane");
      await page.keyboard.press("Enter");
      await until("End it");
      await page.keyboard.press("Enter");
      await page.locator("#main .notice", { hasText: "You are no longer friends." }).waitFor();
      await page.context().close();
    });
  },
  async () => {
    const opened = await c.open();
    lamp = await fill(c);
    return opened;
  },
);

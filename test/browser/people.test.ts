import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { community, CROWD } from "./people-fixture.ts";

const c = community();

/** With script a form is sent in place; without, the page is loaded anew. */
const BROWSERS = [
  { name: "with script", options: {}, ada: "ada", bob: "bob" },
  { name: "without script", options: { javaScriptEnabled: false }, ada: "cyd", bob: "dan" },
] as const;

const NAME_OF = { ada: "Ada Lovelace", bob: "Bob Noyce", cyd: "Cyd Ārtmane", dan: "Dan Bricklin" } as const;

describeShop(
  "people",
  (shop) => {
    async function press(page: Page, name: string, confirmed?: string): Promise<void> {
      await page.getByRole("button", { name, exact: true }).click();
      if (confirmed !== undefined)
        await page.getByRole("dialog").getByRole("button", { name: confirmed, exact: true }).click();
    }

    async function saysDone(page: Page, words: string): Promise<void> {
      await page.locator("#main .notice", { hasText: words }).waitFor();
    }

    for (const { name, options, ada, bob } of BROWSERS) {
      const other = { [ada]: NAME_OF[bob], [bob]: NAME_OF[ada] };

      it(`ask, decline, ask again, accept, end: two people, ${name}`, { timeout: 60_000 }, async () => {
        const one = await c.openAs(shop, ada, "/friends", options);
        const two = await c.openAs(shop, bob, "/friends", options);
        await two.getByText("No friends yet.").waitFor();
        await one.getByLabel("Find people by name").fill(other[ada].slice(0, 3).toLowerCase());
        await one.getByRole("button", { name: "Find" }).click();
        await press(one, `Ask ${other[ada]}`);
        await saysDone(one, "You have asked.");
        expect(await one.locator("#outgoing").innerText()).toContain(other[ada]);
        expect(await one.getByLabel("Find people by name").inputValue()).not.toBe("");

        await two.reload();
        await press(two, `Decline ${other[bob]}`);
        await saysDone(two, "The request is declined.");
        expect(await two.locator("#incoming").count()).toBe(0);

        await one.goto(`${shop.url}/u/${bob}`);
        await one.getByText("You see each other’s posts once you are friends.").waitFor();
        await press(one, `Ask to be friends with ${other[ada]}`);
        await saysDone(one, "You have asked.");
        await press(one, `Withdraw request to ${other[ada]}`);
        await saysDone(one, "Your request is withdrawn.");
        await press(one, `Ask to be friends with ${other[ada]}`);
        await saysDone(one, "You have asked.");

        await two.goto(`${shop.url}/u/${ada}`);
        await two.getByText("Asks to be your friend").waitFor();
        await press(two, `Accept ${other[bob]}`);
        await saysDone(two, "You are friends now.");
        expect(await two.locator(".person-counts").innerText()).toContain("1 friend");

        await c.post(bob, "Only for friends");
        await one.reload();
        await one.getByText("Only for friends").waitFor();
        await press(one, `End friendship with ${other[ada]}`, "End it");
        await saysDone(one, "You are no longer friends.");
        expect(await one.getByText("Only for friends").count()).toBe(0);
        for (const page of [one, two]) await page.context().close();
      });

      it(`mute, block and undo, and what the other sees of it, ${name}`, { timeout: 60_000 }, async () => {
        await c.befriend(ada, bob);
        const one = await c.openAs(shop, ada, `/u/${bob}`, options);
        await press(one, `Mute ${other[ada]}`);
        await saysDone(one, "Muted");
        await one.getByText("You do not see each other’s posts while you mute them.").waitFor();
        const two = await c.openAs(shop, bob, `/u/${ada}`, options);
        await two.getByText("There are no posts to see here yet.").waitFor();
        expect(await two.locator("main").innerText()).not.toMatch(/mutes|muted/i);

        await press(one, `Block ${other[ada]}`, "Block");
        await saysDone(one, "Blocked");
        const refused = await two.reload();
        expect(refused?.status()).toBe(404);
        expect(await two.locator("h1").innerText()).toBe("Nothing here");
        await two.goto(`${shop.url}/friends?q=${encodeURIComponent(other[bob].slice(0, 3))}`);
        await two.getByText("Nobody found").waitFor();
        expect(await two.locator("main").innerText()).not.toContain(other[bob]);

        await one.goto(`${shop.url}/friends`);
        await press(one, `Unmute ${other[ada]}`);
        await saysDone(one, "No longer muted.");
        await press(one, `Unblock ${other[ada]}`);
        await saysDone(one, "No longer blocked.");
        expect(await one.locator("#block, #mute").count()).toBe(0);
        expect((await two.goto(`${shop.url}/u/${ada}`))?.status()).toBe(200);
        for (const page of [one, two]) await page.context().close();
      });
    }

    it("sends a form in place: what is above stays where it was, and the focus goes to the next row", async () => {
      for (const asker of ["f01", "f02", "f03"]) await c.ask(asker, "hal");
      const page = await c.openAs(shop, "hal", "/friends");
      await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
      await press(page, "Accept Friend 02");
      await saysDone(page, "You are friends now.");
      expect(await page.evaluate(() => "isSame" in globalThis)).toBe(true);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Accept Friend 01");
      await expect.poll(() => page.locator("#announcer").innerText()).toBe("You are friends now.");
      expect(new URL(page.url()).search).toBe("");
      await page.context().close();
    });

    it("says it where a form could not be sent, and where one is signed out", async () => {
      const page = await c.openAs(shop, "hal", "/u/f09");
      await page.context().setOffline(true);
      await press(page, "Ask to be friends with Friend 09");
      await page.getByRole("alert").filter({ hasText: "Nothing is lost" }).waitFor();
      await page.context().setOffline(false);
      await page.context().clearCookies();
      await press(page, "Ask to be friends with Friend 09");
      await page.getByRole("alert").filter({ hasText: "You are signed out" }).waitFor();
      await page.context().close();
    });

    it("pages through friends, each once, from a list among others", { timeout: 60_000 }, async () => {
      const friends = Array.from({ length: CROWD }, (_, at) => `f${String(at + 1).padStart(2, "0")}`);
      for (const friend of friends) await c.befriend("gus", friend);
      await c.ask("eve", "gus");
      const page = await c.openAs(shop, "gus", "/friends", { javaScriptEnabled: false });
      const named = () => page.locator("#friends .person-link").allInnerTexts();
      const first = await named();
      await page.getByRole("link", { name: "Show more in “Your friends”" }).click();
      expect(await page.locator("#incoming .person-link").allInnerTexts()).toEqual([
        "Eve <script>window.pwned=1</script>",
      ]);
      const all = [...first, ...(await named())];
      expect(first).toHaveLength(20);
      expect(all.toSorted()).toEqual(friends.map((id) => `Friend ${id.slice(1)}`));
      await page.getByRole("link", { name: "From the beginning in “Your friends”" }).click();
      expect(await named()).toEqual(first);
      await page.context().close();
    });

    it("wants more of a name than one letter, and keeps it", async () => {
      const page = await c.openAs(shop, "fay", "/friends?q=x", { javaScriptEnabled: false });
      const input = page.getByLabel("Find people by name");
      expect(await input.inputValue()).toBe("x");
      expect(await input.getAttribute("aria-invalid")).toBe("true");
      expect(await page.locator("#q-error").innerText()).toContain("Write 2 to 100 characters");
      await page.context().close();
    });

    it("leads from the header and from the menu, and runs no script of a name", async () => {
      const page = await c.openAs(shop, "eve", "/");
      await page
        .getByRole("navigation", { name: "Community" })
        .getByRole("link", { name: "Friends" })
        .click();
      await page.waitForURL(`${shop.url}/friends`);
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.locator("#account-menu").getByRole("link", { name: "Your page" }).click();
      await page.waitForURL(`${shop.url}/u/eve`);
      expect(await page.locator("h1").innerText()).toBe("Eve <script>window.pwned=1</script>");
      await page.getByText("You have not posted anything yet.").waitFor();
      await page.getByRole("link", { name: "Write a post" }).waitFor();
      expect(await page.evaluate(() => "pwned" in window)).toBe(false);
      expect(shop.complaints).toEqual([]);
      await page.context().close();
    });
  },
  c.open,
);

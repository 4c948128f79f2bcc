import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { community, fill } from "./people-fixture.ts";

const c = community();
let lamp = "";

describeShop(
  "a post, and a person's posts",
  (shop) => {
    const bare = { javaScriptEnabled: false };

    async function comments(page: Page): Promise<string[]> {
      return page.locator("#comments .comment-text").allInnerTexts();
    }

    async function write(page: Page, text: string): Promise<void> {
      await page.getByLabel("Write a comment").fill(text);
      await page.getByRole("button", { name: "Send" }).click();
    }

    for (const [name, options] of [
      ["with script", {}],
      ["without script", bare],
    ] as const) {
      it(`takes a comment, and back, ${name}`, { timeout: 60_000 }, async () => {
        const id = await c.post("bob", "What do you say?");
        const ada = await c.openAs(shop, "ada", `/posts/${id}`, options);
        await ada.getByText("Nobody has said anything yet.").waitFor();
        await write(ada, "One <b>line</b>\nand another");
        await ada.locator("#main .notice", { hasText: "Your comment is there." }).waitFor();
        expect(await comments(ada)).toEqual(["One <b>line</b>\nand another"]);
        expect(await ada.locator("#comments-title").innerText()).toBe("1 comment");
        expect(await ada.getByLabel("Write a comment").inputValue()).toBe("");
        await write(ada, "A second thought");
        await expect.poll(() => comments(ada)).toHaveLength(2);

        const eve = await c.openAs(shop, "f01", `/posts/${id}`, options);
        expect(await eve.getByRole("button", { name: /^Delete/ }).count()).toBe(0);
        const bob = await c.openAs(shop, "bob", `/posts/${id}`, options);
        await bob.getByRole("button", { name: "Delete comment of Ada Lovelace" }).first().click();
        await bob.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
        await bob.locator("#main .notice", { hasText: "The comment is deleted." }).waitFor();
        await ada.reload();
        expect(await comments(ada)).toEqual(["A second thought"]);
        await ada.getByRole("button", { name: "Delete comment of Ada Lovelace" }).click();
        await ada.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
        await ada.getByText("Nobody has said anything yet.").waitFor();
        for (const page of [ada, eve, bob]) await page.context().close();
      });

      it(`keeps what was not taken, and says why, ${name}`, async () => {
        const page = await c.openAs(shop, "ada", `/posts/${lamp}`, options);
        const long = "x".repeat(1_001);
        await write(page, long);
        const box = page.getByLabel("Write a comment");
        await page.locator("#comment-error").waitFor();
        expect(await box.inputValue()).toBe(long);
        expect(await box.getAttribute("aria-invalid")).toBe("true");
        expect(await box.evaluate((one) => one === document.activeElement)).toBe(true);
        expect(await page.title()).toMatch(/^Error: /);
        await page.context().close();
      });

      it(`is liked, and the like taken back, ${name}`, async () => {
        const id = await c.post("bob", "Do you like it?");
        const page = await c.openAs(shop, "ada", `/posts/${id}`, options);
        const like = page.getByRole("button", { name: /^Like/ });
        await like.click();
        await page.locator(".likers summary", { hasText: "Liked by Ada Lovelace" }).waitFor();
        expect(await like.getAttribute("aria-pressed")).toBe("true");
        await like.click();
        await page.locator(".likers").waitFor({ state: "detached" });
        await page.context().close();
      });
    }

    it("shows all comments and who likes it, in pages", { timeout: 60_000 }, async () => {
      const page = await c.openAs(shop, "ada", `/posts/${lamp}`, bare);
      const latest = await comments(page);
      expect(latest).toHaveLength(20);
      expect(latest.at(-1)).toBe("Is there a smaller one?");
      await page.getByRole("link", { name: "Earlier comments" }).click();
      const earlier = await comments(page);
      expect(earlier).toHaveLength(6);
      expect(earlier[0]).toMatch(/^Remark 1:/);
      expect(new Set([...earlier, ...latest]).size).toBe(26);
      await page.locator(".likers summary").click();
      const likers = () => page.locator(".liker-list .person-link").allInnerTexts();
      const first = await likers();
      await page.getByRole("link", { name: "More people" }).click();
      expect(new Set([...first, ...(await likers())]).size).toBe(25);
      expect(await comments(page)).toEqual(earlier);
      await page.getByRole("link", { name: "Latest comments" }).click();
      expect(await comments(page)).toEqual(latest);
      await page.context().close();
    });

    it("pages a person's posts by links, each once", async () => {
      const page = await c.openAs(shop, "f07", "/u/bob", bare);
      const shown = () =>
        page
          .locator("[data-post]")
          .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-post")));
      const first = await shown();
      expect(first).toHaveLength(10);
      await page.getByRole("link", { name: "Older posts" }).click();
      const second = await shown();
      expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
      await page.getByText("Note 1 of a long summer.").waitFor();
      await page.getByRole("link", { name: "Newest posts" }).click();
      expect(await shown()).toEqual(first);
      await page.context().close();
    });

    it("is gone for strangers, for who is blocked, and once it is deleted", async () => {
      const id = await c.post("f03", "For a while");
      const stranger = await c.openAs(shop, "hal", `/posts/${id}`);
      expect(await stranger.locator("h1").innerText()).toBe("Nothing here");
      const friend = await c.openAs(shop, "ada", `/posts/${id}`);
      await friend.getByText("For a while").waitFor();
      await c.hide("f03", "ada", "block");
      expect((await friend.reload())?.status()).toBe(404);
      const author = await c.openAs(shop, "f03", `/posts/${id}`);
      await author.getByRole("button", { name: "Delete your post" }).click();
      await author.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await author.waitForURL((url) => !url.pathname.startsWith("/posts"));
      expect((await author.goto(`${shop.url}/posts/${id}`))?.status()).toBe(404);
      for (const page of [stranger, friend, author]) await page.context().close();
    });

    it("breaks no policy and runs into no error", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  async () => {
    const opened = await c.open();
    lamp = await fill(c);
    return opened;
  },
);

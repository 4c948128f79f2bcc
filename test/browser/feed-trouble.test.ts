import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";
import { cardOf, feedWorld } from "./feed-fixture.ts";

const world = feedWorld();

describeShop(
  "the feed in trouble",
  (shop) => {
    const like = (page: Page, text: string) => cardOf(page, text).locator(".like-button");
    const stateOf = async (page: Page, text: string) => ({
      pressed: await like(page, text).getAttribute("aria-pressed"),
      count: await cardOf(page, text).locator("[data-like-count]").innerText(),
    });

    it("takes a like back that was not kept, and says why", async () => {
      const { id } = await world.post("bea", { text: "Liked by some" });
      await world.ask("bea", `PUT /v1/posts/${id}/like`);
      const page = await world.openAs(shop, "ada");
      let answer: (() => void) | undefined;
      const held = new Promise<void>((resolve) => (answer = resolve));
      await page.route("**/like", async (route) => {
        await held;
        await route.fulfill({ status: 429, headers: { "Retry-After": "40" }, body: "{}" });
      });
      await like(page, "Liked by some").click();
      expect(await stateOf(page, "Liked by some")).toEqual({ pressed: "true", count: "2" });
      answer?.();
      const toast = page.locator("#toast");
      await toast.waitFor();
      expect(await toast.innerText()).toBe(
        "Your like was not kept. That was a lot in a short time. Try again in 40 seconds.",
      );
      expect(await stateOf(page, "Liked by some")).toEqual({ pressed: "false", count: "1" });
      await toast.getByRole("button", { name: "Close" }).click();
      expect(await toast.isHidden()).toBe(true);
    });

    it("ends with what was pressed last, however fast", async () => {
      const { id } = await world.post("bea", { text: "Pressed often" });
      const page = await world.openAs(shop, "ada");
      for (let at = 0; at < 7; at++) await like(page, "Pressed often").click();
      await expect
        .poll(() => world.ask("ada", `GET /v1/posts/${id}`), { timeout: 8_000 })
        .toMatchObject({ liked: true, like_count: 1 });
      expect(await stateOf(page, "Pressed often")).toEqual({ pressed: "true", count: "1" });
    });

    it("says what to do once the session has ended, and is back after signing in with nothing lost", async () => {
      const page = await world.openAs(shop, "cem");
      await page.locator("#post-text").fill("Written while signed out");
      await page.context().clearCookies();
      await page.getByRole("button", { name: "Post", exact: true }).click();
      const notice = page.locator('[data-hold="signed-out"]');
      await notice.waitFor();
      expect(await notice.getByRole("link", { name: "sign in again" }).getAttribute("href")).toBe(
        "/sign-in?next=/feed",
      );
      await page.goto(`${shop.url}/sign-in?next=/feed`);
      await world.signIn(page, shop, "cem");
      await page.goto(`${shop.url}/feed`);
      const pending = page.locator("[data-pending]");
      await pending.getByRole("button", { name: "Try again" }).click();
      await cardOf(page, "Written while signed out").and(page.locator("[data-post^=post_]")).waitFor();
    });

    it("goes on by itself once who was signed out has signed in elsewhere", async () => {
      const page = await world.openAs(shop, "cem");
      await page.context().clearCookies();
      await page.locator("#post-text").fill("Sent by itself");
      await page.getByRole("button", { name: "Post", exact: true }).click();
      const notice = page.locator('[data-hold="signed-out"]');
      await notice.waitFor();
      await world.signIn(page, shop, "cem");
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await cardOf(page, "Sent by itself").and(page.locator("[data-post^=post_]")).waitFor();
      expect(await notice.isHidden()).toBe(true);
    });

    it("sends nothing of one person as another", async () => {
      const page = await world.openAs(shop, "cem");
      await page.context().clearCookies();
      await page.locator("#post-text").fill("Of Cem's alone");
      await page.getByRole("button", { name: "Post", exact: true }).click();
      await page.locator('[data-hold="signed-out"]').waitFor();
      await world.signIn(page, shop, "dua");
      await page.evaluate(() => dispatchEvent(new Event("focus")));
      await page.locator('[data-hold="other-person"]').waitFor();
      await page.goto(`${shop.url}/feed`);
      expect(await cardOf(page, "Of Cem's alone").count()).toBe(0);
    });

    it("holds while offline and goes on after", async () => {
      await world.post("bea", { text: "Liked offline" });
      const page = await world.openAs(shop, "ada");
      await page.context().setOffline(true);
      await page.locator('[data-hold="offline"]').waitFor();
      await page.locator("#post-text").fill("Written in a tunnel");
      await page.getByRole("button", { name: "Post", exact: true }).click();
      await page.locator("[data-pending=failed]").getByText("You are offline.").waitFor();
      await page.context().setOffline(false);
      await cardOf(page, "Written in a tunnel").and(page.locator("[data-post^=post_]")).waitFor();
      expect(await page.locator('[data-hold="offline"]').isHidden()).toBe(true);
    });

    it("keeps a comment's text where it is not taken", async () => {
      await world.post("bea", { text: "To comment on" });
      const page = await world.openAs(shop, "ada");
      const card = cardOf(page, "To comment on");
      await page.route("**/comments", (route) => route.fulfill({ status: 503, body: "{}" }));
      await card.getByLabel("Write a comment").fill("Nearly lost");
      await card.getByRole("button", { name: "Send" }).click();
      await card.getByText("Not sent. The service did not answer.").waitFor();
      expect(await card.getByLabel("Write a comment").inputValue()).toBe("Nearly lost");
      await page.unroute("**/comments");
      await card.getByRole("button", { name: "Send" }).click();
      await card.locator(".comment", { hasText: "Nearly lost" }).waitFor();
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  world.open,
);

import { expect, it } from "vitest";
import { describeShop } from "./browser.ts";

const PROBLEM = {
  status: 503,
  contentType: "application/problem+json",
  body: `{"code":"unavailable","status":503}`,
};

describeShop("when things go wrong", (shop) => {
  it("says that nothing matches, and offers a way on", async () => {
    const page = await shop.open("/?q=qqxxyyzz+wwvvkkjj&filter=brand:Tern");
    await page.getByText("Nothing in the window matches").waitFor();
    expect(await page.locator("#results-title").innerText()).toContain("No products");
    await page.getByRole("link", { name: "Search without filters" }).click();
    await page.waitForURL(/\?q=qqxxyyzz\+wwvvkkjj$/);
    await page.getByRole("link", { name: "Browse everything" }).click();
    await page.locator("#hero").waitFor();
  });

  it("shows an error with a retry that works", async () => {
    const page = await shop.open("/");
    await page.route("**/v1/search?*", (route) => route.fulfill(PROBLEM));
    await page.locator("#q").fill("lamp");
    await page.getByRole("alert").getByText("The search does not answer").waitFor();
    await page.unroute("**/v1/search?*");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Try again" }).click();
    await page.locator("#results-title", { hasText: "“lamp”" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("waits for the connection and comes back by itself", async () => {
    const page = await shop.open("/");
    await page.context().setOffline(true);
    await page.locator("#q").fill("rug");
    await page.getByText("You are offline").waitFor();
    await page.context().setOffline(false);
    await page.locator("#results-title", { hasText: "“rug”" }).waitFor();
  });

  it("says so where too much was asked", async () => {
    const page = await shop.open("/");
    await page.route("**/v1/search?*", (route) => route.fulfill({ ...PROBLEM, status: 429 }));
    await page.locator("#q").fill("mug");
    await page.getByText("One moment, please").waitFor();
  });

  it("keeps the list where more cannot be loaded", async () => {
    const page = await shop.open("/");
    await page.route("**/v1/search?*", (route) => route.fulfill(PROBLEM));
    await page.locator("[data-more]").click();
    await page.getByText("More could not be loaded").waitFor();
    expect(await page.locator("#results .card").count()).toBe(24);
    await page.unroute("**/v1/search?*");
    await page.locator("[data-more]").click();
    await page.waitForFunction(
      () => document.querySelectorAll("#results .card:not(.skeleton)").length === 48,
    );
  });

  it("shows skeletons only where the answer takes its time", async () => {
    const page = await shop.open("/");
    await page.clock.install();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/v1/search?*", async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest("**/v1/search?*");
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.locator("#q").fill("lamp");
    await page.clock.runFor(70);
    await asked;
    await page.clock.runFor(120);
    expect(await page.locator(".skeleton").count()).toBe(0);
    await page.clock.runFor(50);
    await page.locator(".skeleton").first().waitFor();
    release();
    await page.locator("#results-title", { hasText: "“lamp”" }).waitFor();
    expect(await page.locator(".skeleton").count()).toBe(0);
  });

  it("draws a window in place of pictures that are missing or broken", async () => {
    const page = await shop.open("/?q=armchair");
    await page.waitForFunction(() => {
      const images = [...document.querySelectorAll<HTMLImageElement>("#results img")];
      const broken = images.filter((image) => image.src.endsWith("no-such-picture.png"));
      return broken.length > 0 && broken.every((image) => image.hidden);
    });
    const empty = page.locator("#results .picture").filter({ hasNot: page.locator("img:not([hidden])") });
    expect(await empty.count()).toBeGreaterThan(1);
    expect(await empty.first().locator(".picture-empty").isVisible()).toBe(true);
  });

  it("answers 404, 400 and unknown paths with pages that have a search box", async () => {
    for (const [path, status] of [
      ["/p/none", 404],
      ["/nowhere", 404],
      ["/?filter=weight:1", 400],
      ["/?cursor=forged", 400],
    ] as const) {
      const answer = await fetch(shop.url + path, { headers: { Accept: "text/html" } });
      expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
        path,
        status,
        "text/html; charset=UTF-8",
      ]);
      expect(await answer.text()).toContain('id="q"');
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("raises no complaint of the browser", () => {
    expect(shop.complaints).toEqual([]);
  });
});

import { expect, it } from "vitest";
import { accounts, PASSWORD, PEOPLE, signIn } from "./accounts-fixture.ts";
import { describeShop } from "./browser.ts";

const { open, mails } = accounts();

describeShop(
  "accounts",
  (shop) => {
    it("signs up, and shows who is signed in", async () => {
      const page = await shop.open("/sign-up");
      await page.getByLabel("Your name").fill("Sofya Kovalevskaya");
      await page.getByLabel("E-mail").fill("sofya@elsewhere.example");
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Create account" }).click();
      await page.waitForURL(`${shop.url}/orgs`);
      expect(await page.locator("h2", { hasText: "Create your first organisation" }).count()).toBe(1);
      await page.getByRole("button", { name: "Account of Sofya Kovalevskaya" }).click();
      expect(await page.locator("#account-menu").innerText()).toContain("sofya@elsewhere.example");
    });

    it("says what is wrong at the field, keeps what was typed, and shows no password again", async () => {
      const page = await shop.open("/sign-up", { javaScriptEnabled: false });
      await page.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
      await page.getByLabel("Your name").fill("Sofya");
      await page.getByLabel("E-mail").fill("no address");
      await page.getByLabel("Password", { exact: true }).fill("short");
      await page.getByRole("button", { name: "Create account" }).click();
      expect(await page.getByLabel("Your name").inputValue()).toBe("Sofya");
      const email = page.getByLabel("E-mail");
      expect(await email.inputValue()).toBe("no address");
      expect(await email.getAttribute("aria-invalid")).toBe("true");
      expect(await email.evaluate((input) => input === document.activeElement)).toBe(true);
      expect(await page.locator("#email-error").innerText()).toContain("Enter an e-mail address");
      expect(await page.locator("#password-error").innerText()).toContain("8 to 128 characters");
      expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("");
      expect(await page.title()).toMatch(/^Error: /);
    });

    it("signs in to where one wanted to go, and refuses other sites as goals", async () => {
      const page = await shop.open("/orgs/norrvik/members");
      expect(page.url()).toBe(`${shop.url}/sign-in?next=%2Forgs%2Fnorrvik%2Fmembers`);
      await signIn(page, "ada");
      await page.waitForURL(`${shop.url}/orgs/norrvik/members`);
      for (const next of [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/%09/evil.example",
      ]) {
        const other = await shop.open(`/sign-in?next=${encodeURIComponent(next)}`);
        await signIn(other, "ada");
        await other.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
        expect(new URL(other.url()).origin).toBe(shop.url);
        await other.context().close();
      }
    });

    it("says the same of a wrong password as of an unknown address", async () => {
      const page = await shop.open("/sign-in");
      await signIn(page, "ada", "not her password");
      const known = await page.locator("#password-error").innerText();
      expect(await page.getByLabel("E-mail").inputValue()).toBe(PEOPLE.ada.email);
      await page.getByLabel("E-mail").fill("nobody@norrvik.example");
      await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForFunction(() =>
        document.querySelector<HTMLInputElement>("#email")?.value.startsWith("nobody"),
      );
      await expect.poll(() => page.locator("#password-error").innerText()).toBe(known);
    });

    it("shows the password on demand, and hides it before it is sent", async () => {
      const page = await shop.open("/sign-in");
      const password = page.locator("#password");
      await password.fill("seen");
      await page.getByRole("button", { name: "Show password" }).click();
      expect(await password.getAttribute("type")).toBe("text");
      await page.locator("form").evaluate((form) => {
        form.addEventListener("submit", (event) => event.preventDefault());
        if (form instanceof HTMLFormElement) form.noValidate = true;
      });
      await password.press("Enter");
      expect(await password.getAttribute("type")).toBe("password");
    });

    it("signs out, here and on another device", async () => {
      const page = await shop.open("/sign-in?next=/account");
      await signIn(page, "kurt");
      const phone = await shop.open("/sign-in?next=/account", {
        userAgent: "Mozilla/5.0 (iPhone) Safari/605",
      });
      await signIn(phone, "kurt");
      await phone.getByText("This one").waitFor();
      await page.reload();
      await page.getByRole("button", { name: "Sign out there (Safari on iPhone)" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
      await page.getByText("That session is signed out").waitFor();
      await phone.goto(`${shop.url}/account`);
      expect(phone.url()).toContain("/sign-in");
      await page.getByRole("button", { name: "Account of Kurt Gödel" }).click();
      await page.locator("#account-menu").getByRole("button", { name: "Sign out" }).click();
      await page.getByText("You are signed out.").waitFor();
      await page.goto(`${shop.url}/orgs`);
      expect(page.url()).toContain("/sign-in?next=%2Forgs");
    });

    it("lets a forgotten password be chosen anew, once, saying nothing of who has an account", async () => {
      const page = await shop.open("/forgot-password");
      await page.getByLabel("E-mail").fill("nobody@norrvik.example");
      await page.getByRole("button", { name: "Send the link" }).click();
      const unknown = await page.locator("main").innerText();
      await page.goto(`${shop.url}/forgot-password`);
      await page.getByLabel("E-mail").fill(PEOPLE.emmy.email);
      await page.getByRole("button", { name: "Send the link" }).click();
      expect(await page.locator("main").innerText()).toBe(unknown);
      const mailed = () => mails.findLast(({ to }) => to === PEOPLE.emmy.email)?.text ?? "";
      await expect.poll(mailed).toContain("http");
      const link = /^https?:\S+$/m.exec(mailed())?.[0];
      const path = (link ?? "").replace(/^https?:\/\/[^/]+/, "");
      await page.goto(shop.url + path);
      await page.getByLabel("New password").fill("another quiet harbour");
      await page.getByRole("button", { name: "Save the password" }).click();
      await page.getByText("Your new password is saved.").waitFor();
      await signIn(page, "emmy", "another quiet harbour");
      await page.waitForURL(`${shop.url}/orgs`);
      const again = await shop.open(path);
      await again.getByLabel("New password").fill("a third quiet harbour");
      await again.getByRole("button", { name: "Save the password" }).click();
      expect(await again.locator("h1").innerText()).toBe("This link no longer works");
    });

    it("takes no form of another site, nor one that is too large", async () => {
      const body = new URLSearchParams({ email: PEOPLE.ada.email, password: PASSWORD }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" };
      const post = (over: object, text = body) =>
        fetch(`${shop.url}/sign-in`, {
          method: "POST",
          redirect: "manual",
          headers: { ...headers, ...over },
          body: text,
        });
      const foreign = await post({});
      expect([foreign.status, foreign.headers.getSetCookie()]).toEqual([403, []]);
      expect(await foreign.text()).toContain("That form was not ours");
      const own = { origin: shop.url };
      expect((await post(own)).status).toBe(303);
      expect((await post(own, `${body}&x=${"x".repeat(70_000)}`)).status).toBe(413);
      expect((await post({ ...own, "content-type": "text/plain" })).status).toBe(415);
    });

    it("runs no script of a name, and breaks no policy", async () => {
      const page = await shop.open("/sign-in");
      await signIn(page, "lone");
      await page.waitForURL(`${shop.url}/orgs`);
      expect(await page.evaluate(() => "pwned" in window)).toBe(false);
      expect(shop.complaints).toEqual([]);
    });
  },
  open,
);

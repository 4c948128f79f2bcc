import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { accounts, PEOPLE, signIn } from "./accounts-fixture.ts";
import type { Person } from "./accounts-fixture.ts";
import { describeShop } from "./browser.ts";

const { open, mails } = accounts();

describeShop(
  "organisations",
  (shop) => {
    async function enter(who: Person, path: string, options = {}): Promise<Page> {
      const page = await shop.open(`/sign-in?next=${encodeURIComponent(path)}`, options);
      await signIn(page, who);
      await page.waitForURL(shop.url + path);
      return page;
    }
    const rowOf = (page: Page, text: string) => page.locator("tbody tr", { hasText: text });

    it("creates an organisation with a short name of its own making, and says when one is taken", async () => {
      const page = await enter("lone", "/orgs");
      await page.getByLabel("Name", { exact: true }).fill("Søstrene Ål & Co.");
      await page.getByRole("button", { name: "Create organisation" }).click();
      await page.waitForURL(`${shop.url}/orgs/sostrene-al-co/members`);
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.locator("#account-menu").getByRole("link", { name: "sostrene-al-co" }).waitFor();
      await page.goto(`${shop.url}/orgs`);
      await page.getByLabel("Name", { exact: true }).fill("Another");
      await page.getByLabel("Short name in addresses").fill("norrvik");
      await page.getByRole("button", { name: "Create organisation" }).click();
      expect(await page.locator("#slug-error").innerText()).toContain("“norrvik” is taken");
      expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Another");
    });

    it("invites by mail who has no account, and withdraws it", async () => {
      const page = await enter("ada", "/orgs/norrvik/members");
      await page.getByLabel("E-mail").fill("new@norrvik.example");
      await page.getByLabel("Role", { exact: true }).selectOption("analyst");
      await page.getByRole("button", { name: "Invite" }).click();
      await page.getByRole("status").getByText("The invitation is on its way").waitFor();
      await page.waitForURL(`${shop.url}/orgs/norrvik/members`);
      expect(await rowOf(page, "new@norrvik.example").innerText()).toMatch(/Analyst\s*Invited/);
      await expect.poll(() => mails.filter(({ to }) => to === "new@norrvik.example").length).toBe(1);
      await page.getByRole("button", { name: "Withdraw the invitation of new@norrvik.example" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
      await rowOf(page, "new@norrvik.example").waitFor({ state: "detached" });
    });

    it("changes a role, removes a member, and lets one leave", async () => {
      const page = await enter("ada", "/orgs/norrvik/members");
      await page.getByLabel("Role of Kurt Gödel").selectOption("admin");
      await page.getByRole("button", { name: "Save the role of Kurt Gödel" }).click();
      await page.getByText("The role is saved.").waitFor();
      expect(await page.getByLabel("Role of Kurt Gödel").inputValue()).toBe("admin");
      await page.getByRole("button", { name: "Remove Emmy Noether" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
      await rowOf(page, "Emmy Noether").waitFor({ state: "detached" });
      const kurt = await enter("kurt", "/orgs/norrvik/members");
      await kurt.getByRole("button", { name: "Leave Norrvik & Daughters" }).click();
      await kurt.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
      await kurt.waitForURL(`${shop.url}/orgs`);
      const gone = await kurt.goto(`${shop.url}/orgs/norrvik/members`);
      expect(gone?.status()).toBe(404);
      expect(await kurt.locator("h1").innerText()).toBe("Nothing here");
    });

    it("keeps the last owner, and owners out of an admin's reach", async () => {
      const ada = await enter("ada", "/orgs/norrvik/members");
      expect(await rowOf(ada, "Ada Lovelace").innerText()).toContain("The last owner stays");
      expect(await rowOf(ada, "Ada Lovelace").getByRole("button").count()).toBe(0);
      const id = await ada.locator("[name=user]").first().inputValue();
      const grace = await enter("grace", "/orgs/norrvik/members");
      expect(await rowOf(grace, "Ada Lovelace").getByRole("button").count()).toBe(0);
      const roles = grace.locator("#role option");
      expect(await roles.allInnerTexts()).toEqual(["Admin", "Analyst", "Member"]);
      const status = await grace.evaluate(async (user) => {
        const body = new URLSearchParams({ do: "role", user, role: "owner" });
        const answer = await fetch(location.pathname, { method: "POST", body });
        return [answer.status, (await answer.text()).includes("Only an owner makes or unmakes owners")];
      }, id);
      expect(status).toEqual([403, true]);
    });

    it("shows nothing of what a role or a stranger may not see", async () => {
      const strangers = await enter("lone", "/orgs");
      for (const path of ["members", "keys", "site-keys", "webhooks", "audit", "settings"]) {
        expect((await strangers.goto(`${shop.url}/orgs/norrvik/${path}`))?.status()).toBe(404);
      }
      const owner = await enter("ada", "/orgs/norrvik/members");
      await owner.getByLabel("E-mail").fill(PEOPLE.emmy.email);
      await owner.getByRole("button", { name: "Invite" }).click();
      await rowOf(owner, "Emmy Noether").waitFor();
      const page = await enter("emmy", "/orgs/norrvik/members");
      expect(await page.locator(".org-nav a").allInnerTexts()).toEqual(["Members"]);
      expect(await page.getByText("Invite someone").count()).toBe(0);
      expect((await page.goto(`${shop.url}/orgs/norrvik/keys`))?.status()).toBe(404);
    });

    it("shows an API key once, copies it, and revokes it", async () => {
      const page = await enter("ada", "/orgs/norrvik/keys", {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      await page.getByLabel("Name").fill("Nightly import");
      await page.getByRole("button", { name: "Create key" }).click();
      expect(await page.locator("#scopes-error").innerText()).toContain("Choose at least one");
      expect(await page.getByLabel("Name").inputValue()).toBe("Nightly import");
      await page.getByLabel(/catalogue:write/).check();
      await page.getByRole("button", { name: "Create key" }).click();
      const key = await page.getByLabel("API key", { exact: true }).inputValue();
      expect(key).toMatch(/^vk_/);
      await page.getByRole("button", { name: "Copy API key" }).click();
      await page.getByRole("button", { name: "Copied API key" }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
      const search = (secret: string) =>
        fetch(`${shop.url}/v1/products/nothing`, { headers: { authorization: `Bearer ${secret}` } });
      expect((await search(key)).status).toBe(404);
      await page.reload();
      expect(await page.content()).not.toContain(key);
      expect(await rowOf(page, "Nightly import").count()).toBe(1);
      await page.getByRole("button", { name: "Revoke Nightly import" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
      await rowOf(page, "Nightly import").getByText("Revoked").waitFor();
      expect((await search(key)).status).toBe(401);
    });

    it("makes a site key with the line to paste, and says which origin is wrong", async () => {
      const page = await enter("ada", "/orgs/norrvik/site-keys");
      await page.getByLabel("Name").fill("Shop");
      await page.getByLabel("Origins").fill("https://norrvik.example\nftp://files.example");
      await page.getByRole("button", { name: "Create site key" }).click();
      await page.locator("#origins-error").waitFor();
      expect(await page.getByLabel("Origins").inputValue()).toContain("ftp://files.example");
      await page.getByLabel("Origins").fill("https://norrvik.example/, https://shop.norrvik.example");
      await page.getByRole("button", { name: "Create site key" }).click();
      const line = await page.getByLabel("The line to paste for Shop").inputValue();
      expect(line).toMatch(
        /^<script async src="http:\/\/127\.0\.0\.1:\d+\/b\.js" data-site="site_\w+"><\/script>$/,
      );
      const origins = page.getByRole("list", { name: "Origins" }).getByRole("listitem");
      expect(await origins.allInnerTexts()).toEqual([
        "https://norrvik.example",
        "https://shop.norrvik.example",
      ]);
      await page.getByRole("button", { name: "Revoke Shop" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
      await page.getByText("The site key is revoked.").waitFor();
      expect(await page.getByLabel("The line to paste for Shop").count()).toBe(0);
    });

    it("shows who did what, by what and by whom, and gives it away as lines, without script", async () => {
      const page = await enter("ada", "/orgs/norrvik/audit", { javaScriptEnabled: false });
      const added = rowOf(page, "Member added").filter({ hasText: "Grace Brewster" });
      expect(await added.innerText()).toMatch(/UTC\s+Ada Lovelace\s+Member added\s+role admin/);
      expect(await rowOf(page, "Org created").count()).toBe(1);
      await page.getByLabel("What").selectOption("org.created");
      await page.getByRole("button", { name: "Show" }).click();
      expect(await page.locator("tbody tr").count()).toBe(1);
      expect(await page.getByLabel("What").inputValue()).toBe("org.created");
      await page.getByLabel("Who").selectOption({ label: "The operator" });
      await page.getByRole("button", { name: "Show" }).click();
      await page.getByText("No line is of what you chose.").waitFor();
      await page.getByRole("link", { name: "Show everything" }).click();
      await page.waitForURL(`${shop.url}/orgs/norrvik/audit`);
      await page.getByLabel("What").selectOption("member.added");
      await page.getByRole("button", { name: "Show" }).click();
      const href = await page.getByRole("link", { name: "Export as NDJSON" }).getAttribute("href");
      const lines = (await (await page.request.get(shop.url + href)).text()).trim().split("\n");
      expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toContain("member.added");
      expect(lines.length).toBeGreaterThanOrEqual(3);
    });

    it("breaks no policy", () => {
      expect(shop.complaints).toEqual([]);
    });
  },
  open,
);

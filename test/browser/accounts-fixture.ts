import type { Page } from "playwright-core";
import { createApp } from "../../src/app.ts";
import type { Role } from "../../src/domain/actor.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import type { Mail } from "../../src/ports/mailer.ts";
import { consume } from "../../src/queue/consumer.ts";
import type { OpenShop } from "./open-shop.ts";

const ORIGIN = "https://accounts.example";
export const PASSWORD = "a quiet harbour at noon";

/** People who have accounts; all but Lone belong to `norrvik`. */
export const PEOPLE = {
  ada: { name: "Ada Lovelace", email: "ada@norrvik.example", role: "owner" },
  grace: { name: "Grace Brewster Murray Hopper", email: "grace.hopper@norrvik.example", role: "admin" },
  kurt: { name: "Kurt Gödel", email: "kurt@norrvik.example", role: "analyst" },
  emmy: { name: "Emmy Noether", email: "emmy@norrvik.example", role: "member" },
  lone: { name: "Lone <script>window.pwned=1</script>", email: "lone@elsewhere.example", role: null },
} as const satisfies Record<string, { name: string; email: string; role: Role | null }>;

export type Person = keyof typeof PEOPLE;

export interface Accounts {
  /** Mails sent so far, the newest last. */
  mails: readonly Mail[];
  open(): Promise<OpenShop>;
  /** Runs the jobs that are due. */
  drain(): Promise<void>;
}

/** People and their organisation, made by the API as they would make it themselves. */
export function accounts(): Accounts {
  const mails: Mail[] = [];
  const opened: MemoryPlatform[] = [];
  return {
    mails,
    open: async () => {
      const platform = await createMemoryPlatform();
      opened.push(platform);
      return openAccounts(platform, mails);
    },
    drain: async () => {
      for (const platform of opened)
        await platform.jobs.drain((batch) => consume(openMemoryDeps(platform), batch));
    },
  };
}

async function openAccounts(platform: MemoryPlatform, mails: Mail[]): Promise<OpenShop> {
  const app = createApp();
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const fetch = async (request: Request) => app.fetch(request, openMemoryDeps(platform, { mailer }));
  const post = async (path: string, body: object, token?: string) => {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(new Request(new URL(path, ORIGIN), init));
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { token?: string };
  };
  const tokens: string[] = [];
  for (const { name, email } of Object.values(PEOPLE)) {
    const { token } = await post("/api/auth/sign-up/email", { name, email, password: PASSWORD });
    tokens.push(token ?? "");
  }
  await post("/v1/orgs", { name: "Norrvik & Daughters", slug: "norrvik" }, tokens[0]);
  for (const { email, role } of Object.values(PEOPLE)) {
    if (role === null || role === "owner") continue;
    await post("/v1/orgs/norrvik/members", { email, role }, tokens[0]);
  }
  return { fetch, close: () => platform.close() };
}

/** Fills the sign-in form that is shown, and sends it. */
export async function signIn(page: Page, who: Person, password: string = PASSWORD): Promise<void> {
  await page.getByLabel("E-mail").fill(PEOPLE[who].email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

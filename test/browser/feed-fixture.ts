import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { createApp } from "../../src/app.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { consume } from "../../src/queue/consumer.ts";
import { putProduct } from "../../src/services/catalogue/put-product.ts";
import { writableWireOf } from "../../src/services/catalogue/wire-form.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import type { CommentJson, PostJson } from "../../src/services/posts/wire-post.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import type { Shop } from "./browser.ts";
import { PRODUCTS } from "./fixture.ts";
import type { OpenShop } from "./open-shop.ts";

/** Ada is a friend of Bea's and of Cem's, who are none to each other; Dua is nobody's friend. */
const NAMES = { ada: "Ada Lindqvist", bea: "Bea Okonkwo", cem: "Cem Aydın", dua: "Dua Nobody" } as const;
export type Friend = keyof typeof NAMES;
export const nameOf = (who: Friend): string => NAMES[who];

const ORIGIN = "https://feed.example";

/** People with feeds, behind the real application; its queue works by itself. */
export interface FeedWorld {
  open(): Promise<OpenShop>;
  openAs(shop: Shop, who: Friend, path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Gives the browser of a page a session. */
  signIn(page: Page, shop: Shop, who: Friend): Promise<void>;
  /** Asks the API as a person; throws where it refuses. */
  ask<T>(who: Friend, request: string, body?: object): Promise<T>;
  post(who: Friend, input: object): Promise<PostJson>;
  comment(who: Friend, post: string, text: string): Promise<CommentJson>;
}

export function feedWorld(): FeedWorld {
  let platform: MemoryPlatform;
  const app = createApp();
  const tokens = new Map<Friend, string>();

  async function fetch(request: Request): Promise<Response> {
    // Ids of one millisecond are in no order.
    platform.clock.set(Math.max(Date.now(), platform.clock.now() + 1));
    const deps = openMemoryDeps(platform);
    const response = await app.fetch(request, deps);
    const work = () => platform.jobs.drain((batch) => consume(openMemoryDeps(platform), batch));
    void deps.lifetime.settle().then(work);
    return response;
  }

  const run = (sql: string, args: (string | number)[] = []) => platform.client.execute({ sql, args });

  async function open(): Promise<OpenShop> {
    platform = await createMemoryPlatform({ now: Date.now() });
    for (const [id, name] of Object.entries(NAMES)) {
      const insert =
        "INSERT INTO users (id, name, sort_name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, ?, 1, 0, 0)";
      await run(insert, [id, name, name.toLowerCase(), `${id}@example.com`]);
    }
    for (const other of ["bea", "cem"])
      for (const pair of [
        ["ada", other],
        [other, "ada"],
      ])
        await run(
          "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)",
          pair,
        );
    await addProducts(platform);
    return { fetch, close: () => platform.close() };
  }

  async function ask<T>(who: Friend, request: string, body?: object): Promise<T> {
    const [method, path = ""] = request.split(" ");
    const token = tokens.get(who) ?? signedToken(platform, await addSession(platform, who));
    tokens.set(who, token);
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await fetch(new Request(ORIGIN + path, { method, headers, body: sent }));
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${request}: ${answer.status} ${text}`);
    return (text === "" ? null : JSON.parse(text)) as T;
  }

  async function signIn(page: Page, shop: Shop, who: Friend): Promise<void> {
    const value = encodeURIComponent(signedToken(platform, await addSession(platform, who)));
    await page.context().addCookies([{ name: "better-auth.session_token", value, url: shop.url }]);
  }

  return {
    open,
    ask,
    signIn,
    openAs: async (shop, who, path = "/feed", contextOptions = {}) => {
      const page = await shop.open("/robots.txt", contextOptions);
      await signIn(page, shop, who);
      await page.goto(shop.url + path);
      return page;
    },
    post: (who, input) => ask(who, "POST /v1/posts", input),
    comment: (who, post, text) => ask(who, `POST /v1/posts/${post}/comments`, { text }),
  };
}

async function addProducts(platform: MemoryPlatform): Promise<void> {
  const deps = openMemoryDeps(platform);
  const operator = { ...deps, actor: { kind: "operator" as const } };
  const org = await createOrg(operator, { name: "Test shop", slug: "test-shop" });
  const key = { kind: "api-key" as const, keyId: "key", orgId: org.id, orgSlug: "test-shop" };
  const ctx = { ...deps, actor: { ...key, scopes: ["catalogue:write" as const] } };
  for (const product of PRODUCTS) {
    const precondition = { kind: "none" as const };
    await putProduct(ctx, { id: product.id, body: writableWireOf(product), precondition });
  }
}

export function cardOf(page: Page, text: string): Locator {
  return page.locator(".post").filter({ hasText: text });
}

/** The texts of the posts that stand there, from the top. */
export async function shownTexts(page: Page): Promise<string[]> {
  return page.locator("#posts .post-text > p").allInnerTexts();
}

import type { BrowserContextOptions, Page } from "playwright-core";
import { createApp } from "../../src/app.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import {
  openOperatorSession,
  operatorCookieName,
  operatorToken,
} from "../../src/services/operations/operator-session.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { addPerson, createTenant, join } from "../http/tenants.ts";
import type { Tenant } from "../http/tenants.ts";
import type { Shop } from "./browser.ts";
import type { OpenShop } from "./open-shop.ts";
import { plantTexts } from "./planted-texts.ts";

const MARK = "planted";

/** One of everything that a page shows, each text of it replaced by what would run if it became markup. */
export interface PlantedWorld {
  open(): Promise<OpenShop>;
  /** A page of the organisation's owner, who is the operator, and a friend of the post's author. */
  openPage(shop: Shop, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Addresses for the pattern of a page. */
  pathsOf(pattern: string): string[];
  /** The types of all columns of text, as `table.column`. */
  textColumns(): Promise<string[]>;
}

export function plantedWorld(): PlantedWorld {
  let platform: MemoryPlatform;
  let tenant: Tenant;
  let author = "";

  async function open(): Promise<OpenShop> {
    platform = await createMemoryPlatform({ now: Date.now() });
    tenant = await createTenant(platform, MARK, MARK);
    author = `${MARK}-visitor`;
    await addPerson(platform, "owner", MARK);
    await join(platform, tenant.id, "owner", "owner");
    await addSession(platform, "owner");
    await platform.client.batch(rowsOf(tenant, author, platform.clock.now()), "write");
    await plantTexts(platform, tenant.id);
    const app = createApp();
    const fetch: OpenShop["fetch"] = async (request) => {
      const deps = openMemoryDeps(platform);
      const response = await app.fetch(request, deps);
      await deps.lifetime.settle();
      return response;
    };
    return { fetch, close: () => platform.close() };
  }

  const openPage: PlantedWorld["openPage"] = async (shop, path, options = {}) => {
    const page = await shop.open("/robots.txt", options);
    await page.context().addCookies(await cookiesOf(platform, shop.url));
    await page.goto(shop.url + path);
    return page;
  };

  function pathsOf(pattern: string): string[] {
    if (pattern === "/") return ["/", "/?q=lamp", "/?q=planted&in_stock=false"];
    if (pattern.startsWith("/u/")) return [author, "owner"].map((id) => `/u/${id}`);
    const { imageId, postId, productId } = tenant;
    const ids: Record<string, string> = { p: productId, posts: postId, upload: imageId };
    const [first = ""] = pattern.split("/").slice(1);
    return [pattern.replace(":org", `org-${MARK}`).replace(":id", ids[first] ?? "")];
  }

  async function textColumns(): Promise<string[]> {
    const sql = `SELECT tables.name || '.' || columns.name AS name
      FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
      WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND lower(columns.type) = 'text'`;
    return (await platform.client.execute(sql)).rows.map(({ name }) => String(name));
  }

  return { open, openPage, pathsOf, textColumns };
}

/** Of the owner, who is the operator too. */
async function cookiesOf(platform: MemoryPlatform, url: string) {
  const { config } = platform;
  const value = encodeURIComponent(signedToken(platform, await addSession(platform, "owner")));
  const session = await openOperatorSession(platform, String(config.operatorKey));
  if (session === null) throw new Error("The operator's key opens nothing");
  return [
    { name: "better-auth.session_token", value, url },
    { name: operatorCookieName(config), value: operatorToken(config, session), url },
  ];
}

/** What brings the tenant's things before the owner's eyes: a friendship, a failed picture, a disabled webhook. */
function rowsOf(tenant: Tenant, author: string, now: number): { sql: string; args: (string | number)[] }[] {
  const friends = "INSERT INTO friendships (user_id, other_id, state, since) VALUES (?, ?, 'friends', 0)";
  return [
    { sql: friends, args: ["owner", author] },
    { sql: friends, args: [author, "owner"] },
    { sql: "UPDATE posts SET product_id = ?", args: [tenant.productId] },
    { sql: "UPDATE image_contents SET state = 'failed'", args: [] },
    { sql: "UPDATE images SET user_id = 'owner', org_id = NULL", args: [] },
    { sql: "UPDATE webhooks SET disabled_at = ?", args: [now] },
    { sql: "UPDATE webhook_deliveries SET state = 'failed', attempts = 8, ended_at = ?", args: [now] },
  ];
}

import type { BrowserContextOptions, Page } from "playwright-core";
import { createApp } from "../../src/app.ts";
import { sortNameOf } from "../../src/domain/sort-name.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { askFriend } from "../../src/services/friends/friendships.ts";
import { hidePerson } from "../../src/services/friends/hidings.ts";
import { createComment } from "../../src/services/posts/comments.ts";
import { setLike } from "../../src/services/posts/likes.ts";
import { createPost } from "../../src/services/posts/posts.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { asPerson } from "../orgs/people.ts";
import type { Shop } from "./browser.ts";
import type { OpenShop } from "./open-shop.ts";

/** Named people, none a friend of another. */
export const NAMES = {
  ada: "Ada Lovelace",
  bob: "Bob Noyce",
  cyd: "Cyd Ārtmane",
  dan: "Dan Bricklin",
  eve: "Eve <script>window.pwned=1</script>",
  fay: "فاطمة الفهرية",
  gus: "Gus Wolfeschlegelsteinhausenbergerdorff-Adlersflügel the Elder",
  hal: "Hal Abelson",
} as const;
export type Name = keyof typeof NAMES;

/** So many more are friends of Ada's in the crowd: `f01`, `f02` and so on. */
export const CROWD = 25;

export interface Community {
  open(): Promise<OpenShop>;
  openAs(shop: Shop, who: string, path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Asked and accepted. */
  befriend(one: string, other: string): Promise<void>;
  ask(one: string, other: string): Promise<void>;
  hide(one: string, other: string, kind: "block" | "mute"): Promise<void>;
  /** Gives the post's id. */
  post(who: string, text: string): Promise<string>;
  comment(who: string, postId: string, text: string): Promise<string>;
  like(who: string, postId: string): Promise<void>;
}

/** A community behind the real application; its clock goes on by a minute with each act. */
export function community(): Community {
  let platform: MemoryPlatform;

  async function as(who: string) {
    platform.clock.advance(60_000);
    return asPerson(platform, who);
  }

  async function add(id: string, name: string): Promise<void> {
    await platform.client.execute({
      sql: `INSERT INTO users (id, name, sort_name, email, email_verified, created_at, updated_at)
        VALUES (?, ?, ?, ?, 1, 0, 0)`,
      args: [id, name, sortNameOf(name), `${id}@secret.example`],
    });
  }

  async function befriend(one: string, other: string): Promise<void> {
    await askFriend(await as(one), other);
    await askFriend(await as(other), one);
  }

  async function open(): Promise<OpenShop> {
    platform = await createMemoryPlatform();
    for (const [id, name] of Object.entries(NAMES)) await add(id, name);
    for (let at = 1; at <= CROWD; at++) {
      const number = String(at).padStart(2, "0");
      await add(`f${number}`, `Friend ${number}`);
    }
    const app = createApp();
    return {
      fetch: async (request) => {
        platform.clock.advance(1);
        return app.fetch(request, openMemoryDeps(platform));
      },
      close: () => platform.close(),
    };
  }

  return {
    open,
    befriend,
    openAs: async (shop, who, path, options = {}) => {
      const page = await shop.open("/robots.txt", options);
      const value = encodeURIComponent(signedToken(platform, await addSession(platform, who)));
      await page.context().addCookies([{ name: "better-auth.session_token", value, url: shop.url }]);
      await page.goto(shop.url + path);
      return page;
    },
    ask: async (one, other) => void (await askFriend(await as(one), other)),
    hide: async (one, other, kind) => hidePerson(await as(one), { kind, user: other }),
    post: async (who, text) => {
      const post = { text, mentions: [], productId: null, imageIds: [] };
      return (await createPost(await as(who), post)).id;
    },
    comment: async (who, postId, text) =>
      (await createComment(await as(who), { postId, text, mentions: [] })).id,
    like: async (who, postId) => void (await setLike(await as(who), { id: postId, liked: true })),
  };
}

/** Somebody in every list of Ada's, and something to read. Gives a post of Bob's with comments and likes on several pages. */
export async function fill(c: Community): Promise<string> {
  for (let at = 1; at <= CROWD; at++) await c.befriend("ada", `f${String(at).padStart(2, "0")}`);
  for (const friend of ["bob", "eve", "fay", "gus"]) await c.befriend("ada", friend);
  await c.ask("cyd", "ada");
  await c.ask("f01", "bob");
  await c.ask("ada", "hal");
  await c.hide("ada", "gus", "mute");
  await c.hide("ada", "dan", "block");
  for (let at = 1; at <= 11; at++) await c.post("bob", `Note ${at} of a long summer.`);
  const id = await c.post(
    "bob",
    "The first lamp of the new series stands on the bench.\n\nMore at https://lamps.example/first?from=bob",
  );
  for (let at = 1; at <= CROWD; at++) {
    const who = `f${String(at).padStart(2, "0")}`;
    await c.befriend("bob", who);
    await c.like(who, id);
    await c.comment(who, id, `Remark ${at}: ${"what a light it gives! ".repeat((at % 3) + 1).trim()}`);
  }
  await c.comment("ada", id, "Is there a smaller one?");
  return id;
}

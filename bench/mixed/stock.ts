import { setTimeout as sleep } from "node:timers/promises";
import { photoJpeg } from "../gate/picture.ts";
import { withComment } from "../images/server.ts";
import { bearerOf } from "../feed/sign-in.ts";
import { SECRET } from "../world/world.ts";
import type { World } from "../world/world.ts";
import type { Client } from "./client.ts";

/** What a deployment has, of which requests are made. */
export interface Stock {
  products: string[];
  users: string[];
  /** Each with somebody who sees it. */
  posts: { id: string; reader: string }[];
  images: string[];
  /** Pages of the table of users. */
  pages: string[];
  /** 30 days that have events. */
  overview: string;
  jpeg: Uint8Array;
}

const [PRODUCTS, PAGES, IMAGES, READERS] = [400, 8, 8, 50];
const READY_TRIES = 300;
const DAY_MS = 86_400_000;

export function keyHeaders({ key }: World): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}

export function personHeaders(person: string): Record<string, string> {
  return { authorization: `Bearer ${bearerOf(person, SECRET)}` };
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

async function walk<T>(client: Client, path: string, headers: Record<string, string>, pages: number) {
  const found: { path: string; items: T[] }[] = [];
  for (let cursor: string | null = ""; cursor !== null && found.length < pages;) {
    const next: string = cursor === "" ? path : `${path}&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<T> = await client.json<Page<T>>({ method: "GET", path: next, headers });
    found.push({ path: next, items: page.items });
    cursor = page.next_cursor;
  }
  return found;
}

interface User {
  id: string;
  last_activity: string | null;
}

async function usersOf(client: Client, world: World) {
  const sorted = (sort: string) => `/v1/orgs/${world.org}/users?sort=${sort}&limit=50`;
  const byName = await walk<User>(client, sorted("name"), keyHeaders(world), PAGES);
  const [latest] = await walk<User>(client, sorted("-last_activity"), keyHeaders(world), 1);
  const to = new Date(latest.items[0]?.last_activity ?? Date.now());
  const from = new Date(to.getTime() - 29 * DAY_MS);
  const [first, last] = [from, to].map((date) => date.toISOString().slice(0, 10));
  return {
    users: byName.flatMap(({ items }) => items.map(({ id }) => id)),
    pages: [...byName.map(({ path }) => path), sorted("-logins"), sorted("-page_views")],
    overview: `/v1/orgs/${world.org}/overview?from=${first}&to=${last}&interval=day`,
  };
}

async function postsOf(client: Client, world: World): Promise<Stock["posts"]> {
  const found: Stock["posts"] = [];
  for (const reader of world.people.slice(0, READERS)) {
    const [page] = await walk<{ id: string }>(client, "/v1/feed?limit=20", personHeaders(reader), 1);
    found.push(...page.items.map(({ id }) => ({ id, reader })));
  }
  if (found.length === 0) throw new Error("Nobody's feed has a post");
  return found;
}

export function uploadOf(world: World, jpeg: Uint8Array, comment: string) {
  const headers = { ...keyHeaders(world), "content-type": "image/jpeg" };
  return { method: "POST", path: "/v1/images", headers, body: withComment(jpeg, comment) };
}

async function imagesOf(client: Client, world: World, jpeg: Uint8Array): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < IMAGES; i++)
    ids.push((await client.json<{ id: string }>(uploadOf(world, jpeg, `stock ${i}`))).id);
  for (const id of ids) {
    for (let tries = 0; ; tries++) {
      const one = { method: "GET", path: `/v1/images/${id}`, headers: keyHeaders(world) };
      if ((await client.json<{ status: string }>(one)).status === "ready") break;
      if (tries === READY_TRIES) throw new Error(`The image ${id} does not get ready`);
      await sleep(200);
    }
  }
  return ids;
}

export async function takeStock(client: Client, world: World): Promise<Stock> {
  const jpeg = await photoJpeg();
  const search = "/v1/search?q=&limit=100";
  const products = (await walk<{ id: string }>(client, search, {}, PRODUCTS / 100)).flatMap(({ items }) =>
    items.map(({ id }) => id),
  );
  return {
    products,
    ...(await usersOf(client, world)),
    posts: await postsOf(client, world),
    images: await imagesOf(client, world, jpeg),
    jpeg,
  };
}

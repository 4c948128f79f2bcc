import { record, type Api } from "../api.ts";
import type { Invocation } from "../command.ts";
import { generateDemoProducts } from "../demo/generate.ts";
import type { WireProduct } from "../demo/wire-product.ts";
import {
  dayRange,
  drawCommunity,
  friendshipLines,
  hidingLines,
  peopleLines,
  pictureLines,
  postLines,
  type CommunitySize,
} from "../demo/community/generate.ts";
import { DAY_MS } from "../demo/community/days.ts";
import type { CommunityLine } from "../demo/community/lines.ts";
import type { Named } from "../demo/community/writer.ts";
import { DEMO_PEOPLE } from "./demo-people.ts";
import { lastDayThere } from "./community-there.ts";
import { sendPictures } from "./community-pictures.ts";
import { sendCommunity, type SentCommunity } from "./send-community.ts";

const AVATAR_SHARE = 3;
const KNOWN_PRODUCTS = 2_000;

export interface CommunityAmounts {
  size: CommunitySize;
  seed: number;
  /** Milliseconds since the epoch. */
  until: number;
}

export interface LoadedCommunity extends SentCommunity {
  /** The last day that was there before, as `2026-11-20`; `null` where nothing was. */
  thereUntil: string | null;
}

/** The demo's people, whose accounts are made, and when they became members. */
interface Host extends Named {
  since: number;
}

/**
 * Makes the demo's community, or goes on with it: people, friendships and posts as the operator imports them. `null`
 * without products to write about, or nobody who may sign in. Throws what cannot pass.
 */
export async function loadCommunity(
  invocation: Invocation,
  { operator, shop, org }: { operator: Api; shop: Api; org: string },
  { size, seed, until }: CommunityAmounts,
): Promise<LoadedCommunity | null> {
  const [hosts, products] = await Promise.all([hostsOf(operator, org), productsThere(shop, seed)]);
  if (hosts.length === 0 || products.length === 0) return null;
  const community = drawCommunity({ size, seed, hosts, products });
  const shopUrl = new URL(shop.url).origin;
  const last = await lastDayThere(operator, community, { size, seed, until, shopUrl });
  const begun = { seed, until, avatarOf: avatarsOf(shopUrl, products) };
  const people = [peopleLines, friendshipLines, hidingLines].map((lines) => lines(community, begun));
  const hostsUntil = Math.max(...hosts.map(({ since }) => since));
  const days = { seed, until, shopUrl, hostsUntil, ...dayRange(size, until, last) };
  const posts = postLines(community, size, days);
  const send = (parts: Iterable<CommunityLine>[], done?: SentCommunity) =>
    sendCommunity(invocation, operator, parts, done);
  const thereUntil = last === null ? null : new Date(last * DAY_MS).toISOString().slice(0, 10);
  // What is there stays as people have made it since: who parted does not find each other again.
  if (last !== null) return { ...(await send([posts])), thereUntil };
  const sent = await send([...people, posts]);
  const pictures = { seed, count: size.pictures, signal: invocation.signal };
  const imageIds = await sendPictures(shop, pictures);
  return { ...(await send([pictureLines(community, size, { ...days, imageIds })], sent)), thereUntil };
}

/** In the order of `DEMO_PEOPLE`, so that each has the same friends whenever it is asked. */
async function hostsOf(operator: Api, org: string): Promise<Host[]> {
  const hosts = new Map<string, Host>();
  for await (const item of operator.list(`/v1/orgs/${encodeURIComponent(org)}/members`)) {
    const { user_id: id, name, email, created_at: since } = record(item);
    if (typeof id === "string" && typeof name === "string")
      hosts.set(String(email), { id, name, since: Date.parse(String(since)) });
  }
  return DEMO_PEOPLE.flatMap(({ email }) => hosts.get(email) ?? []);
}

/** The first products of the demo shop, as far as they are there: people write of what one can look at. */
async function productsThere(shop: Api, seed: number): Promise<WireProduct[]> {
  const products = [...generateDemoProducts({ count: KNOWN_PRODUCTS, seed })];
  let [low, high] = [0, products.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const path = `/v1/products/${encodeURIComponent(products[middle].id)}`;
    const isThere = await shop.call({ path }).then(
      (found) => record(found).title === products[middle].title,
      () => false,
    );
    if (isThere) low = middle + 1;
    else high = middle;
  }
  return products.slice(0, low);
}

/** Pictures of the shop for one in a few, where it is reached by https, as accounts want it. */
function avatarsOf(shopUrl: string, products: readonly WireProduct[]): (place: number) => string | null {
  if (!shopUrl.startsWith("https:")) return () => null;
  return (place) =>
    place % AVATAR_SHARE === 0 ? `${shopUrl}${products[(place * 7) % products.length].image_url}` : null;
}

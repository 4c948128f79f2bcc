import { withComment } from "../images/server.ts";
import { wordsOf } from "../search/queries.ts";
import { frozen, NO_EDGE } from "./frozen.ts";
import { eventsOf, jsonInit } from "./shop.ts";
import type { Shop } from "./shop.ts";

/** One kind of work; each call does the next of it. */
export interface Scenario {
  name: string;
  operation(): Promise<unknown>;
}

const EVENTS_A_BATCH = 100;
const FIRST_NEW_EVENT = 1_000_000;

/** Queries of one to three words, the last of some a prefix. */
function queriesOf({ products }: Shop): string[] {
  return products.slice(0, 200).map(({ title }, i) => {
    const words = wordsOf(title);
    const some = words.slice(i % 2, (i % 2) + 1 + (i % 3));
    return i % 4 === 3 ? some.join(" ").slice(0, 4) : some.join(" ");
  });
}

function searchScenarios(shop: Shop): Scenario[] {
  const queries = queriesOf(shop).map(encodeURIComponent);
  let number = 0;
  const next = (): string => queries[number++ % queries.length];
  // A word that no product has makes an answer that nobody has asked for, and the same work.
  const fresh = (rest: string) => shop.call(`/v1/search?q=-zzq${number}x+${next()}${rest}`);
  const facets = "&facets=brand,price&filter=in_stock:true";
  return [
    { name: "search", operation: () => fresh("") },
    { name: "search with facets", operation: () => fresh(facets) },
    { name: "search, kept", operation: () => shop.call(`/v1/search?q=${queries[number++ % 5]}`) },
    { name: "suggest", operation: () => shop.call(`/v1/suggest?q=${next().slice(0, 3)}`) },
  ];
}

function feedScenarios(shop: Shop): Scenario[] {
  const { readers } = shop;
  let number = 0;
  const reader = () => readers[number++ % readers.length];
  const tokens = new Map<unknown, string>();
  const kept = async (): Promise<void> => {
    const headers = reader();
    const token = tokens.get(headers) ?? "";
    const answer = await shop.call("/v1/feed", { headers: { ...headers, "consistency-token": token } });
    tokens.set(headers, answer.headers.get("consistency-token") ?? "");
  };
  const post = async (): Promise<void> => {
    const headers = reader();
    const made = await shop.call("/v1/posts", jsonInit("POST", headers, { text: `Post ${number}` }));
    const { id } = JSON.parse(made.text) as { id: string };
    await shop.call(`/v1/posts/${id}/like`, { method: "PUT", headers });
    await shop.drain();
  };
  return [
    { name: "feed page", operation: () => shop.call("/v1/feed", { headers: reader() }) },
    {
      name: "feed page, database elsewhere",
      operation: () => shop.callFar("/v1/feed", { headers: reader() }),
    },
    { name: "feed page, kept", operation: kept },
    { name: "post and like", operation: post },
  ];
}

function analyticsScenarios(shop: Shop): Scenario[] {
  const { platform, key } = shop;
  const sorts = ["-logins", "-page_views", "-last_activity", "name"];
  const range = "from=2025-12-17&to=2026-01-15&tz=Europe/Berlin&interval=day&compare=previous";
  let [number, event] = [0, FIRST_NEW_EVENT];
  const users = () => `/v1/orgs/shop/users?limit=50&sort=${sorts[number++ % sorts.length]}`;
  // The isolate's cache is a getter's: what is known of the key stays, answers are made each time.
  const uncached = () => {
    const isolate = { ...platform.isolate, cache: frozen(platform.isolate.cache) };
    return { isolate, edgeCache: NO_EDGE as typeof platform.edgeCache };
  };
  const overview = `/v1/orgs/shop/overview?${range}`;
  const ingest = async (): Promise<void> => {
    // A fold a second at most.
    platform.clock.advance(2_000);
    await shop.call("/v1/events", jsonInit("POST", key, { events: eventsOf(event, EVENTS_A_BATCH) }));
    event += EVENTS_A_BATCH;
    await shop.drain();
  };
  return [
    { name: "dashboard page", operation: () => shop.call(users(), { headers: key }, uncached()) },
    { name: "dashboard page, kept", operation: () => shop.call(users(), { headers: key }) },
    { name: "overview of 30 days", operation: () => shop.call(overview, { headers: key }, uncached()) },
    { name: `${EVENTS_A_BATCH} events, folded`, operation: ingest },
  ];
}

function catalogueScenarios(shop: Shop, jpeg: Uint8Array): Scenario[] {
  const { products, key, platform } = shop;
  let number = 0;
  const upsert = async (): Promise<void> => {
    const product = products[(number * 31) % products.length];
    const price = { amount: 1_000 + number++, currency: "USD" };
    await shop.call(`/v1/products/${product.id}`, jsonInit("PUT", key, { ...product, id: undefined, price }));
    platform.jobs.queued.length = 0;
  };
  const image = async (): Promise<void> => {
    const body = withComment(jpeg, `image ${number++}`);
    await shop.call("/v1/images", {
      method: "POST",
      headers: { ...key, "content-type": "image/jpeg" },
      body,
    });
    await shop.drain();
  };
  return [
    { name: "product upsert", operation: upsert },
    { name: "image of 1 megapixel, to its pictures", operation: image },
  ];
}

/** In an order in which none undoes what another has warmed: those that only read come first. */
export function scenariosOf(shop: Shop, jpeg: Uint8Array): Scenario[] {
  const [feed, feedFar, feedKept, post] = feedScenarios(shop);
  const [users, usersKept, overview, ingest] = analyticsScenarios(shop);
  const reading = [...searchScenarios(shop), feed, feedFar, feedKept, users, usersKept, overview];
  return [...reading, ...catalogueScenarios(shop, jpeg), ingest, post];
}

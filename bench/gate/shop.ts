import { generateDemoProducts } from "../../cli/demo/generate.ts";
import type { WireProduct } from "../../cli/demo/wire-product.ts";
import type { MemoryDeps, MemoryPlatform } from "../../src/platform/memory/open.ts";
import { Counters } from "./counters.ts";
import { communityLines } from "./community.ts";
import type { Tree } from "./tree.ts";

const NOW = Date.UTC(2026, 0, 15, 12);
const ORIGIN = "https://shop.example";
const PRODUCTS = 3_000;
const USERS = 400;
const EVENTS = 20_000;
const EVENTS_A_REQUEST = 1_000;
const DAY_MS = 86_400_000;
const READERS = 4;

type Headers = Record<string, string>;

/** The application of one tree over a small shop with a community; everything in it came through the API. */
export interface Shop {
  platform: MemoryPlatform;
  counters: Counters;
  products: WireProduct[];
  /** Of an API key with all scopes. */
  key: Headers;
  /** People who are signed in and have friends. */
  readers: Headers[];
  /** One request; answers its body when it and what it deferred are done. Throws where it is not answered with 2xx. */
  call(path: string, init?: RequestInit, overrides?: Partial<MemoryDeps>): Promise<Answer>;
  /** The same with a database that is elsewhere: each batch is a round trip, nothing is read in between. */
  callFar: Shop["call"];
  /** Delivers what is queued and due. */
  drain(): Promise<void>;
}

export interface Answer {
  text: string;
  headers: globalThis.Headers;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {}, with: () => SILENT };

/** Over the client that keeps its statements, where the tree has it; the stores are counted. */
async function openCounted(
  tree: Tree,
  counters: Counters,
): Promise<[near: MemoryPlatform, far: MemoryPlatform]> {
  const platform = await tree.open.createMemoryPlatform({ now: NOW });
  const { rows } = await platform.client.execute("PRAGMA database_list");
  const plain = tree.file === null ? platform.client : new tree.file.FileClient(String(rows[0].file));
  const near = {
    ...platform,
    client: counters.client(plain, true),
    kv: counters.store(platform.kv, "kv"),
    blobs: counters.store(platform.blobs, "blobs"),
    edgeCache: counters.store(platform.edgeCache, "edge cache"),
    // Only written to.
    log: SILENT as unknown as MemoryPlatform["log"],
  };
  return [near, { ...near, client: counters.client(plain, false) }];
}

function countJobs({ jobs }: MemoryPlatform, counters: Counters): void {
  const send = jobs.send.bind(jobs);
  jobs.send = async (sent, delaySeconds) => {
    counters.add("jobs sent", sent.length);
    await send(sent, delaySeconds);
    jobs.sent.length = 0;
  };
}

function callerOf(tree: Tree, platform: MemoryPlatform): Shop["call"] {
  const app = tree.app.createApp();
  return async (path, init, overrides) => {
    const deps = tree.open.openMemoryDeps(platform, overrides);
    const response = await app.fetch(new Request(new URL(path, ORIGIN), init), deps);
    const text = await response.text();
    await deps.lifetime.settle();
    if (!response.ok) throw new Error(`${init?.method ?? "GET"} ${path} answers ${response.status}: ${text}`);
    return { text, headers: response.headers };
  };
}

export function jsonInit(method: string, headers: Headers, body: unknown): RequestInit {
  return {
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

async function openMerchant(call: Shop["call"], operator: Headers): Promise<Headers> {
  await call("/v1/orgs", jsonInit("POST", operator, { name: "Shop", slug: "shop" }));
  const scopes = ["catalogue:write", "events:write", "stats:read", "images:write"];
  const made = await call("/v1/orgs/shop/api-keys", jsonInit("POST", operator, { name: "key", scopes }));
  return { authorization: `Bearer ${(JSON.parse(made.text) as { key: string }).key}` };
}

async function importLines(call: Shop["call"], path: string, headers: Headers, lines: object[]) {
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const init = { method: "POST", headers: { ...headers, "content-type": "application/x-ndjson" }, body };
  const { text } = await call(path, init);
  const { rejected } = JSON.parse(text) as { rejected: unknown[] };
  if (rejected.length > 0) throw new Error(`${path} rejects ${JSON.stringify(rejected[0])}`);
}

/** `count` events from `from` on, each of another id, over 30 days of as many users. */
export function eventsOf(from: number, count: number): object[] {
  return Array.from({ length: count }, (_, i) => {
    const number = from + i;
    const user = (number * 7919) % USERS;
    const at = new Date(NOW - ((number * 104_729) % (29 * DAY_MS)) - 1).toISOString();
    const type = ["login", "page_view", "page_view", "page_view", "activity"][number % 5];
    const path = type === "page_view" ? { path: `/p/${number % 40}` } : {};
    return { id: `e${number}`, type, user_id: `u${user}`, user_name: `User ${user}`, at, ...path };
  });
}

async function signUp(call: Shop["call"], number: number): Promise<{ id: string; headers: Headers }> {
  const person = { name: `Reader ${number}`, email: `reader${number}@people.example` };
  const password = "a password of a reader";
  const init = jsonInit("POST", { origin: ORIGIN }, { ...person, password });
  const { text, headers } = await call("/api/auth/sign-up/email", init);
  const token = headers.get("set-auth-token");
  const { user } = JSON.parse(text) as { user: { id: string } };
  return { id: user.id, headers: { authorization: `Bearer ${token}` } };
}

/** Opens the shop with its data; the same in every process of the same tree. */
export async function openShop(tree: Tree): Promise<Shop> {
  const counters = new Counters();
  const [platform, far] = await openCounted(tree, counters);
  countJobs(platform, counters);
  const call = callerOf(tree, platform);
  const drain = async (): Promise<void> => {
    await platform.jobs.drain((batch) => tree.consumer.consume(tree.open.openMemoryDeps(platform), batch));
    const [failure] = platform.jobs.failures;
    if (failure !== undefined) throw failure;
  };
  const operator = { authorization: `Bearer ${platform.config.operatorKey}` };
  const key = await openMerchant(call, operator);
  const products = [...generateDemoProducts({ count: PRODUCTS })];
  await importLines(call, "/v1/products/import", key, products);
  for (let from = 0; from < EVENTS; from += EVENTS_A_REQUEST)
    await call("/v1/events", jsonInit("POST", key, { events: eventsOf(from, EVENTS_A_REQUEST) }));
  const readers: { id: string; headers: Headers }[] = [];
  for (let i = 0; i < READERS; i++) readers.push(await signUp(call, i));
  platform.clock.advance(1_000);
  const lines = communityLines(
    readers.map(({ id }) => id),
    NOW,
  );
  await importLines(call, "/v1/admin/community", operator, lines);
  await drain();
  await call("/v1/admin/index/rebuild", jsonInit("POST", operator, {}));
  await drain();
  platform.clock.advance(2_000);
  return {
    platform,
    counters,
    products,
    key,
    readers: readers.map(({ headers }) => headers),
    call,
    callFar: callerOf(tree, far),
    drain,
  };
}

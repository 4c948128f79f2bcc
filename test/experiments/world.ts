import { createApp } from "../../src/app.ts";
import { insertOrg } from "../../src/db/queries/orgs.ts";
import { upsertProducts } from "../../src/db/queries/products.ts";
import { consume } from "../../src/queue/consumer.ts";
import { flushExposures } from "../../src/services/experiments/expose.ts";
import { createApiKey } from "../../src/services/orgs/api-keys.ts";
import { someLine } from "../db/audit-line.ts";
import { addPerson, join, operatorCtx } from "../http/tenants.ts";
import { addSession, signedToken } from "../http/sessions.ts";
import { product, Shop } from "../search/shop.ts";

export const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const app = createApp();

/** An experiment with other weights on an organisation's search, and such a search. */
export const POPULAR = { proximity: 0.5, begins: 0.4, equals: 0.6, popularity: 5 };
export const RANKING = { name: "popular", parameter: "ranking", treatment: POPULAR };
export const OF_A = "/v1/orgs/org_a/experiments";
export const SEARCH_A = "/v1/search?q=lamp&filter=org:org_a&limit=5";

export interface Reading {
  arms: Record<"control" | "treatment", { units: number; exposures: number; conversions: number }>;
}

/** Two merchants on one index, each with an owner, and the operator; requests as they come over HTTP. */
export class World {
  readonly shop: Shop;
  readonly owners: Readonly<Record<string, string>>;
  readonly keys: Readonly<Record<string, string>>;

  private constructor(shop: Shop, owners: Record<string, string>, keys: Record<string, string>) {
    this.shop = shop;
    this.owners = owners;
    this.keys = keys;
  }

  static async open(): Promise<World> {
    const shop = await Shop.open();
    const { platform } = shop;
    const owners: Record<string, string> = {};
    const keys: Record<string, string> = {};
    for (const org of ["org_a", "org_b"]) {
      await insertOrg(
        shop.deps().db,
        { id: org, slug: org.replace("_", "-"), name: org, createdAt: 0 },
        someLine(),
      );
      const owner = await addPerson(platform, `owner-of-${org}`, org);
      await join(platform, org, owner, "owner");
      owners[org] = `Bearer ${signedToken(platform, await addSession(platform, owner))}`;
      const made = await createApiKey(operatorCtx(platform), { org, name: "k", scopes: ["events:write"] });
      keys[org] = `Bearer ${made.secret}`;
      const rating = { rating: 5, ratingCount: 5_000 };
      const products = [
        product(`${org}-lamp`, { title: "Lamp" }),
        product(`${org}-brass`, { title: "Fine brass lamp of old", ...rating }),
        ...Array.from({ length: 40 }, (_, i) => product(`${org}-${i}`, { title: `Garden lamp ${i}` })),
      ];
      const writer = { orgId: org, keyId: "key_test", now: platform.clock.now() };
      await upsertProducts(
        shop.deps().db,
        writer,
        products.map((one) => ({ ...one, contentHash: one.id })),
        { withJob: null, audit: someLine() },
      );
    }
    platform.clock.advance(3_000);
    return new World(shop, owners, keys);
  }

  get operator(): string {
    return `Bearer ${this.shop.platform.config.operatorKey}`;
  }

  /** A request by its own dependencies, in the one isolate. */
  async call(path: string, init: RequestInit = {}): Promise<Response> {
    return app.fetch(new Request(new URL(path, "http://vitrine.test"), init), this.shop.deps());
  }

  async send(method: string, path: string, authorization: string, body?: unknown): Promise<Response> {
    const headers = new Headers({ "content-type": "application/json" });
    if (authorization !== "") headers.set("authorization", authorization);
    return this.call(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** A search as a browser of a visitor makes it. */
  async search(visitor: string, path: string, headers: Record<string, string> = {}) {
    const response = await this.call(path, {
      headers: { "user-agent": BROWSER, "visitor-id": visitor, ...headers },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    const text = await response.text();
    const page = JSON.parse(text) as { items: { id: string }[]; next_cursor: string | null };
    const get = (name: string) => response.headers.get(name);
    return {
      text,
      ids: page.items.map(({ id }) => id),
      nextCursor: page.next_cursor,
      queryId: get("query-id"),
      etag: get("etag"),
      cacheControl: get("cache-control"),
      vary: get("vary"),
      timing: get("server-timing"),
    };
  }

  /** Starts an experiment, which every isolate knows then. */
  async start(path: string, by: string, body: object): Promise<void> {
    const response = await this.send("POST", path, by, body);
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    await this.settle();
  }

  /** What an experiment shows once all is counted. */
  async readingOf(path: string, by: string): Promise<Reading> {
    await this.count();
    const response = await this.send("GET", path, by);
    return ((await response.json()) as { reading: Reading }).reading;
  }

  /** Two seconds later, when every isolate knows what was set. */
  async settle(): Promise<void> {
    this.shop.platform.clock.advance(2_000);
    await this.search("nobody", "/v1/search?q=zzz", { dnt: "1" });
  }

  /** Has counted all that is waiting. */
  async count(): Promise<void> {
    const deps = this.shop.deps();
    await flushExposures(deps);
    await deps.lifetime.settle();
    await this.shop.platform.jobs.drain((messages) => consume(this.shop.deps(), messages));
  }

  close(): void {
    this.shop.close();
  }
}

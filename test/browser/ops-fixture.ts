import type { BrowserContextOptions, Page } from "playwright-core";
import { patienceOf } from "../../src/platform/guarded/policies.ts";
import type { MemoryDeps } from "../../src/platform/memory/open.ts";
import { FaultyPlatform } from "../faults/faulty-platform.ts";
import { putProduct } from "../../src/services/catalogue/put-product.ts";
import { writableWireOf } from "../../src/services/catalogue/wire-form.ts";
import { flushExposures } from "../../src/services/experiments/expose.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import type { Actor } from "../../src/domain/actor.ts";
import { consume } from "../../src/queue/consumer.ts";
import { relayOutbox } from "../../src/services/outbox.ts";
import { operatorHeaders, ORIGIN } from "../http/open-app.ts";
import type { Shop } from "./browser.ts";
import { PRODUCTS } from "./fixture.ts";
import type { OpenShop } from "./open-shop.ts";

const NOW = Date.UTC(2026, 2, 31, 12, 3, 20);
const MINUTE_MS = 60_000;
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const OPERATOR: Actor = { kind: "operator" };

/** A shop that has had requests, whose stores can be taken away, and whose queue runs when it is told to. */
export interface OpsShop {
  place(): FaultyPlatform;
  /** While it is set, the hub refuses: the metrics are away. */
  hub: { isAway: boolean };
  open(): Promise<OpenShop>;
  /** Searches, pages and mistakes of some minutes, up to now. */
  ask(minutes: number): Promise<void>;
  /** A rebuild of the index that fails in each of its deliveries, as R2 is away; R2 is back when this is done. */
  failRebuild(): Promise<void>;
  /** Starts one of pages of 40 products, in which so many visitors take part. */
  experiment(name: string, visitors: number): Promise<void>;
  /** How many products a page of the search has, once what was set is known. */
  pageSize(): Promise<number>;
  /** Runs the jobs that are due. */
  work(): Promise<void>;
  signIn(shop: Shop, path?: string, options?: BrowserContextOptions): Promise<Page>;
}

export function opsShop(): OpsShop {
  let place: FaultyPlatform;
  const hub = { isAway: false };

  /** As patient as in production: a busy machine is no fault. */
  function deps(): MemoryDeps {
    const refuse = (): Promise<never> => Promise.reject(new Error("the hub is away"));
    const away = { metricsHub: { waitMs: 0, push: refuse, totals: refuse, overview: refuse } };
    return place.deps(hub.isAway ? away : {}, patienceOf("request"));
  }

  async function call(path: string, init?: RequestInit): Promise<Response> {
    const ours = deps();
    const response = await place.app.fetch(new Request(new URL(path, ORIGIN), init), ours);
    await ours.lifetime.settle();
    return response;
  }

  async function open(): Promise<OpenShop> {
    place = await FaultyPlatform.open({ now: NOW });
    await stock(deps());
    return {
      fetch: async (request) => place.app.fetch(request, deps()),
      close: () => place.close(),
    };
  }

  async function ask(minutes: number): Promise<void> {
    const { clock } = place.platform;
    clock.advance(-minutes * MINUTE_MS);
    for (let minute = 0; minute < minutes; minute++) {
      clock.advance(MINUTE_MS);
      for (const path of pathsOf(minute)) await call(path);
    }
  }

  async function failRebuild(): Promise<void> {
    const { platform, faults } = place;
    const headers = operatorHeaders(platform);
    const answer = await call("/v1/admin/index/rebuild", { method: "POST", headers });
    if (answer.status !== 202) throw new Error(`A rebuild answers ${answer.status}`);
    faults.blobs.kind = "away";
    for (let delivery = 0; delivery < 6; delivery++) {
      platform.clock.advance(6 * MINUTE_MS);
      await platform.jobs.drain((messages) => consume(deps(), messages));
    }
    faults.blobs.kind = "none";
    platform.clock.advance(MINUTE_MS);
  }

  async function pageSize(): Promise<number> {
    place.platform.clock.advance(3_000);
    await call("/v1/search?q=");
    const { items } = (await (await call("/v1/search?q=")).json()) as { items: unknown[] };
    return items.length;
  }

  async function experiment(name: string, visitors: number): Promise<void> {
    const headers = { ...operatorHeaders(place.platform), "content-type": "application/json" };
    const body = JSON.stringify({ name, parameter: "search_page_size", treatment: 40 });
    const answer = await call("/v1/admin/experiments", { method: "POST", headers, body });
    if (answer.status !== 201) throw new Error(`An experiment answers ${answer.status}`);
    await pageSize();
    const visits = Array.from({ length: visitors }, (_, i) => ({
      headers: { "user-agent": BROWSER, "visitor-id": `visitor-${i}` },
    }));
    await Promise.all(visits.map((init) => call("/v1/search?q=lamp", init)));
    const ours = deps();
    await flushExposures(ours);
    await ours.lifetime.settle();
    await work();
  }

  async function work(): Promise<void> {
    await relayOutbox(deps());
    place.platform.clock.advance(1_000);
    await place.platform.jobs.drain((messages) => consume(deps(), messages));
  }

  async function signIn(shop: Shop, path = "/ops", options: BrowserContextOptions = {}): Promise<Page> {
    const page = await shop.open("/ops/sign-in", options);
    await page.getByLabel("Operator key").fill(String(place.platform.config.operatorKey));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/ops");
    if (path !== "/ops") await page.goto(shop.url + path);
    return page;
  }

  return { place: () => place, hub, open, ask, failRebuild, experiment, pageSize, work, signIn };
}

function pathsOf(minute: number): string[] {
  const searches = ["lamp", "table", "mug", "walnut"].slice(0, 1 + (minute % 4));
  return [
    ...searches.map((word) => `/v1/search?q=${word}&n=${minute}`),
    "/v1/suggest?q=la",
    "/",
    `/v1/products/${PRODUCTS[minute % PRODUCTS.length].id}`,
    ...(minute % 3 === 0 ? ["/v1/products/nothing-of-ours"] : []),
  ];
}

async function stock(deps: MemoryDeps): Promise<void> {
  const org = await createOrg({ ...deps, actor: OPERATOR }, { name: "Test shop", slug: "test-shop" });
  const actor: Actor = {
    kind: "api-key",
    keyId: "key",
    orgId: org.id,
    orgSlug: "test-shop",
    scopes: ["catalogue:write"],
  };
  for (const product of PRODUCTS) {
    const put = { id: product.id, body: writableWireOf(product), precondition: { kind: "none" as const } };
    await putProduct({ ...deps, actor }, put);
  }
  await deps.lifetime.settle();
}

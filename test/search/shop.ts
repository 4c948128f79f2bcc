import { deleteProductRow, upsertProducts } from "../../src/db/queries/products.ts";
import { latestManifest } from "../../src/db/queries/index-manifests.ts";
import { someLine } from "../db/audit-line.ts";
import { insertOrg } from "../../src/db/queries/orgs.ts";
import type { ProductInput } from "../../src/domain/product.ts";
import {
  createMemoryPlatform,
  type MemoryDeps,
  type MemoryPlatform,
  openMemoryDeps,
} from "../../src/platform/memory/open.ts";
import { EMPTY_MANIFEST, type IndexManifest, parseManifest } from "../../src/index/manifest.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { consume } from "../../src/queue/consumer.ts";
import { searchProducts, type SearchInput } from "../../src/services/search/search.ts";

export const QUERY: SearchInput = {
  q: "",
  filters: [],
  facets: [],
  sort: "relevance",
  limit: 20,
  cursor: null,
  explain: false,
};

export function product(id: string, fields: Partial<ProductInput> = {}): ProductInput {
  return {
    id,
    title: `Product ${id}`,
    description: "",
    brand: null,
    category: [],
    price: null,
    rating: null,
    ratingCount: 0,
    inStock: true,
    imageUrl: null,
    imageId: null,
    attributes: {},
    ...fields,
  };
}

/** A platform with one organisation, and its catalogue and searches as any isolate sees them. */
export class Shop {
  readonly platform: MemoryPlatform;
  readonly orgId = "org_test";
  #hash = 0;

  private constructor(platform: MemoryPlatform) {
    this.platform = platform;
  }

  static async open(): Promise<Shop> {
    const shop = new Shop(await createMemoryPlatform());
    await insertOrg(shop.deps().db, { id: shop.orgId, slug: "test", name: "Test", createdAt: 0 }, someLine());
    return shop;
  }

  deps(overrides: Partial<MemoryDeps> = {}): MemoryDeps {
    return openMemoryDeps(this.platform, overrides);
  }

  async write(...products: readonly ProductInput[]): Promise<void> {
    const writer = { orgId: this.orgId, keyId: "key_test", now: this.platform.clock.now() };
    for (let from = 0; from < products.length; from += 200) {
      const writes = products
        .slice(from, from + 200)
        .map((input) => ({ ...input, contentHash: `h${++this.#hash}` }));
      await upsertProducts(this.deps().db, writer, writes, { withJob: null, audit: someLine() });
    }
    this.platform.clock.advance(3_000);
  }

  /** The newest generation. */
  async manifest(): Promise<IndexManifest> {
    const text = await latestManifest(this.deps().db);
    return (text === null ? null : parseManifest(text)) ?? EMPTY_MANIFEST;
  }

  /** How many products are alive in each segment, the smallest first. */
  async liveCounts(): Promise<number[]> {
    const { segments } = await this.manifest();
    return segments.map((entry) => entry.products - (entry.dead?.count ?? 0)).sort((a, b) => a - b);
  }

  async remove(id: string): Promise<void> {
    const writer = { orgId: this.orgId, keyId: "key_test", now: this.platform.clock.now() };
    await deleteProductRow(this.deps().db, writer, id, { kind: "none" });
  }

  /** The ids found, by an isolate that has last looked two seconds ago. */
  async find(q: string, deps: MemoryDeps = this.deps()): Promise<string[]> {
    this.platform.clock.advance(2_000);
    const { page } = await searchProducts(
      { ...deps, actor: { kind: "anonymous" } },
      { ...QUERY, q, limit: 100 },
    );
    return page.items.map((item) => item.id).sort();
  }

  /** Runs the queue until it is empty. */
  async work(): Promise<void> {
    await this.platform.jobs.drain((messages) => consume(this.deps(), messages));
  }

  /** The same platform as another isolate sees it. */
  otherIsolate(overrides: Partial<MemoryDeps> = {}): MemoryDeps {
    return this.deps({ isolate: newIsolate(), ...overrides });
  }

  close(): void {
    this.platform.close();
  }
}

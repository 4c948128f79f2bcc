import { createApp } from "../../src/app.ts";
import type { Actor } from "../../src/domain/actor.ts";
import { createMemoryPlatform, openMemoryDeps } from "../../src/platform/memory/open.ts";
import type { MemoryPlatform } from "../../src/platform/memory/open.ts";
import { putProduct } from "../../src/services/catalogue/put-product.ts";
import { writableWireOf } from "../../src/services/catalogue/wire-form.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";
import { PRODUCTS } from "./fixture.ts";

export interface OpenShop {
  fetch(request: Request): Promise<Response>;
  close(): void;
}

/** The application on memory ports and a real database that holds the fixture's products, and what `prepare` adds. */
export async function openShop(prepare?: (platform: MemoryPlatform) => Promise<void>): Promise<OpenShop> {
  const platform = await createMemoryPlatform();
  const operator: Actor = { kind: "operator" };
  const deps = openMemoryDeps(platform);
  const org = await createOrg({ ...deps, actor: operator }, { name: "Test shop", slug: "test-shop" });
  const actor: Actor = {
    kind: "api-key",
    keyId: "key",
    orgId: org.id,
    orgSlug: "own",
    scopes: ["catalogue:write"],
  };
  for (const product of PRODUCTS) {
    const put = { id: product.id, body: writableWireOf(product), precondition: { kind: "none" as const } };
    await putProduct({ ...deps, actor }, put);
  }
  await prepare?.(platform);
  const app = createApp();
  return {
    fetch: async (request) => app.fetch(request, openMemoryDeps(platform)),
    close: () => platform.close(),
  };
}

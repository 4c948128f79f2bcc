import { SCOPES, type Scope } from "../../src/domain/actor.ts";
import { openMemoryDeps, type MemoryPlatform } from "../../src/platform/memory/open.ts";
import { putProduct } from "../../src/services/catalogue/put-product.ts";
import { createApiKey, revokeApiKey } from "../../src/services/orgs/api-keys.ts";
import { createOrg } from "../../src/services/orgs/orgs.ts";

/** What only its organisation (and the operator) may read; it stands in names of the other organisation and its keys. */
export const CANARY = "canary-7f3a91";
export const OWN_PRODUCT = "own-product";
export const FOREIGN_PRODUCT = "foreign-product";

export interface Credential {
  name: string;
  authorization: string | null;
  kind: "none" | "bad" | "operator" | "key";
  scopes: readonly Scope[];
  foreign: boolean;
}

export interface Org {
  id: string;
  /** A key of the organisation that no credential uses, to be listed and revoked. */
  spareKeyId: string;
}

export interface World {
  own: Org;
  foreign: Org;
  credentials: Credential[];
}

function credential(name: string, authorization: string | null, kind: Credential["kind"]): Credential {
  return { name, authorization, kind, scopes: [], foreign: false };
}

function operatorCtx(platform: MemoryPlatform) {
  return { ...openMemoryDeps(platform), actor: { kind: "operator" as const } };
}

async function key(platform: MemoryPlatform, org: string, name: string, scopes: readonly Scope[]) {
  return createApiKey(operatorCtx(platform), { org, name, scopes });
}

async function orgWith(platform: MemoryPlatform, slug: string, productId: string): Promise<Org> {
  const ctx = operatorCtx(platform);
  const { id } = await createOrg(ctx, { name: `Org ${slug}`, slug });
  const { id: spareKeyId } = await key(platform, id, `spare of ${slug}`, ["stats:read"]);
  const actor = { kind: "api-key" as const, keyId: spareKeyId, orgId: id, orgSlug: "own", scopes: SCOPES };
  const body = { title: "A lamp", price: { amount: 100, currency: "USD" } };
  await putProduct({ ...ctx, actor }, { id: productId, body, precondition: { kind: "none" } });
  return { id, spareKeyId };
}

/** Two organisations with a product each, and every kind of credential that one may come with. */
export async function createWorld(platform: MemoryPlatform): Promise<World> {
  const own = await orgWith(platform, "own", OWN_PRODUCT);
  const foreign = await orgWith(platform, CANARY, FOREIGN_PRODUCT);
  const revoked = await key(platform, own.id, "revoked", SCOPES);
  await revokeApiKey(operatorCtx(platform), { org: own.id, id: revoked.id });
  const credentials = [
    credential("no credential", null, "none"),
    credential("garbage", "garbage", "bad"),
    credential("another scheme", "Basic b3A6b3A=", "bad"),
    credential("an empty bearer", "Bearer ", "bad"),
    credential("two bearers", `Bearer ${revoked.secret}, Bearer ${platform.config.operatorKey}`, "bad"),
    credential("an unknown key", `Bearer vk_${"A".repeat(40)}`, "bad"),
    credential("a revoked key", `Bearer ${revoked.secret}`, "bad"),
    credential("most of the operator key", `Bearer ${platform.config.operatorKey?.slice(0, -1)}`, "bad"),
    credential("the operator key", `Bearer ${platform.config.operatorKey}`, "operator"),
  ];
  for (const scope of SCOPES) {
    const { secret } = await key(platform, own.id, `only ${scope}`, [scope]);
    credentials.push({ ...credential(`a key with ${scope}`, `Bearer ${secret}`, "key"), scopes: [scope] });
  }
  const { secret } = await key(platform, foreign.id, CANARY, SCOPES);
  const other = credential("the other organisation's key", `Bearer ${secret}`, "key");
  credentials.push({ ...other, scopes: SCOPES, foreign: true });
  return { own, foreign, credentials };
}

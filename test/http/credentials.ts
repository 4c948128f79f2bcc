import { ROLES, SCOPES, type Role, type Scope } from "../../src/domain/actor.ts";
import { MemoryEdgeCache } from "../../src/platform/memory/edge-cache.ts";
import { newIsolate } from "../../src/platform/isolate.ts";
import { openMemoryDeps, type MemoryPlatform } from "../../src/platform/memory/open.ts";
import { createApiKey, revokeApiKey } from "../../src/services/orgs/api-keys.ts";
import { authenticate } from "../../src/services/orgs/authenticate.ts";
import { sessionCookieName } from "../../src/services/accounts/session-token.ts";
import { outsideIssuer } from "./jwts.ts";
import { addSession, endSession, signedToken } from "./sessions.ts";
import { addPerson, createTenant, join, operatorCtx, type Tenant } from "./tenants.ts";

/** What only its organisation (and the operator) may read: it stands in everything of the other organisation. */
export const CANARY = "canary-7f3a91";
export const OWN_PRODUCT = "own-product";
/** A person of no organisation whom no credential stands for: people are everybody's to find. */
export const SOMEONE = "someone";

export interface Credential {
  name: string;
  authorization: string | null;
  /** Sent by a browser, for a page of this origin or of another. */
  cookie?: { value: string; site: "same-origin" | "cross-site" };
  kind: "none" | "bad" | "operator" | "key" | "person";
  scopes: readonly Scope[];
  role: Role | null;
  /** The organisation it belongs to. */
  tenant: "own" | "foreign" | null;
}

export interface World {
  own: Tenant;
  foreign: Tenant;
  credentials: Credential[];
}

const NOTHING = { scopes: [], role: null, tenant: null } as const;

function bearer(name: string, kind: Credential["kind"], token: string | null): Credential {
  return { ...NOTHING, name, kind, authorization: token === null ? null : `Bearer ${token}` };
}

function bad(name: string, authorization: string): Credential {
  return { ...NOTHING, name, kind: "bad", authorization };
}

async function keys(platform: MemoryPlatform, own: Tenant, foreign: Tenant): Promise<Credential[]> {
  const ctx = operatorCtx(platform);
  const make = async (tenant: Tenant, name: string, scopes: readonly Scope[]) =>
    createApiKey(ctx, { org: tenant.id, name, scopes });
  const revoked = await make(own, "revoked", SCOPES);
  await revokeApiKey(ctx, { org: own.id, id: revoked.id });
  const { operatorKey } = platform.config;
  const credentials = [
    bad("garbage", "garbage"),
    bad("another scheme", "Basic b3A6b3A="),
    bad("an empty bearer", "Bearer "),
    bad("two bearers", `Bearer ${revoked.secret}, Bearer ${operatorKey}`),
    bad("an unknown key", `Bearer vk_${"A".repeat(40)}`),
    bad("a revoked key", `Bearer ${revoked.secret}`),
    bad("most of the operator key", `Bearer ${operatorKey?.slice(0, -1)}`),
    bearer("the operator key", "operator", operatorKey),
  ];
  for (const scope of SCOPES) {
    const { secret } = await make(own, `only ${scope}`, [scope]);
    credentials.push({ ...bearer(`a key with ${scope}`, "key", secret), scopes: [scope], tenant: "own" });
  }
  const { secret } = await make(foreign, CANARY, SCOPES);
  credentials.push({ ...bearer("the other's key", "key", secret), scopes: SCOPES, tenant: "foreign" });
  return credentials;
}

async function people(platform: MemoryPlatform, ours: Tenant, foreign: Tenant): Promise<Credential[]> {
  const sessionOf = async (userId: string, hours?: number) =>
    signedToken(platform, await addSession(platform, userId, hours));
  const credentials: Credential[] = [];
  for (const role of ROLES) {
    const id = await addPerson(platform, `own-${role}`, "own");
    await join(platform, ours.id, id, role);
    credentials.push({ ...bearer(`the ${role}`, "person", await sessionOf(id)), role, tenant: "own" });
  }
  const { rows } = await platform.client.execute({
    sql: "SELECT token FROM sessions WHERE id = ?",
    args: [ours.sessionId],
  });
  const visitor = signedToken(platform, String(rows[0].token));
  credentials.push(bearer("a person of no organisation", "person", visitor));
  const other = await addPerson(platform, "foreign-owner", CANARY);
  await join(platform, foreign.id, other, "owner");
  const token = await sessionOf(other);
  credentials.push({ ...bearer("the other's owner", "person", token), role: "owner", tenant: "foreign" });

  const cookie = (name: string, value: string, site: "same-origin" | "cross-site"): Credential => ({
    ...bearer(name, "person", null),
    cookie: { value: `${sessionCookieName(platform.config)}=${encodeURIComponent(value)}`, site },
  });
  const own = { role: "admin", tenant: "own" } as const;
  const admin = await sessionOf("own-admin");
  credentials.push(
    { ...cookie("the admin by cookie", admin, "same-origin"), ...own },
    { ...cookie("the admin by cookie for another site", admin, "cross-site"), ...own },
    { ...cookie("an expired cookie", await sessionOf("own-admin", -1), "same-origin"), kind: "none" },
    { ...cookie("a forged cookie", admin.replace(/.{4}=$/, "AAA="), "same-origin"), kind: "none" },
  );

  const signedOut = await addSession(platform, "own-owner");
  await endSession(platform, signedOut);
  const [expired, unsigned] = [await sessionOf("own-owner", -1), await addSession(platform, "own-owner")];
  const forged = signedToken(platform, unsigned).replace(/.{4}=$/, "AAA=");
  credentials.push(
    bad("an expired session", `Bearer ${expired}`),
    bad("a session signed out", `Bearer ${signedToken(platform, signedOut)}`),
    bad("a session without its signature", `Bearer ${unsigned}`),
    bad("a session with another signature", `Bearer ${forged}`),
  );
  return credentials;
}

async function outsiders(platform: MemoryPlatform, own: Tenant): Promise<Credential[]> {
  const tokens = await outsideIssuer(platform.clock.now());
  platform.config.jwtIssuers = [tokens.issuer];
  const authorization = `Bearer ${tokens.good}`;
  // Known to another isolate and data centre, so that this one learns of the role with the account.
  const elsewhere = { isolate: newIsolate(), edgeCache: new MemoryEdgeCache(platform.clock) };
  const actor = await authenticate(openMemoryDeps(platform, elsewhere), authorization);
  if (actor.kind !== "user") throw new Error(`Expected a person, got "${actor.kind}"`);
  await join(platform, own.id, actor.userId, "analyst");
  const good = bearer("a JWT of an analyst", "person", tokens.good);
  const forged = Object.entries(tokens.bad).map(([name, token]) => bad(name, `Bearer ${token}`));
  return [{ ...good, role: "analyst", tenant: "own" }, ...forged];
}

/** Two organisations with one of everything each, and every kind of credential that somebody may come with. */
export async function createWorld(platform: MemoryPlatform): Promise<World> {
  const own = await createTenant(platform, "own", "own");
  const foreign = await createTenant(platform, "foreign", CANARY);
  await addPerson(platform, SOMEONE, "else");
  const credentials = [
    bearer("no credential", "none", null),
    ...(await keys(platform, own, foreign)),
    ...(await people(platform, own, foreign)),
    ...(await outsiders(platform, own)),
  ];
  return { own, foreign, credentials };
}

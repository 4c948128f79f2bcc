import { importJWK } from "jose";
import type { JWK } from "jose";
import { fillOnce } from "../../cache/fill-once.ts";
import type { JwtAlgorithm, JwtIssuer } from "../../config.ts";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../domain/errors.ts";

const FRESH_MS = 600_000;
/** For so long an issuer that is away is still believed. */
const USABLE_MS = 3_600_000;
const REFETCH_MS = 30_000;
const RETRY_MS = 5_000;
const TIMEOUT_MS = 2_000;
const MAX_BYTES = 65_536;
const MAX_KEYS = 100;

type KeyDeps = Pick<Deps, "clock" | "isolate" | "log">;

/** Values only: jose's own set of keys keeps promises, which no other request of a Worker may await. */
interface KeySet {
  keys: readonly JWK[];
  fetchedAt: number;
  /** When it was last asked for, in vain or not. */
  triedAt: number;
  imported: Map<string, CryptoKey>;
}

const KEY_TYPES: Readonly<Record<JwtAlgorithm, { kty: string; crv?: string }>> = {
  RS256: { kty: "RSA" },
  PS256: { kty: "RSA" },
  ES256: { kty: "EC", crv: "P-256" },
  EdDSA: { kty: "OKP", crv: "Ed25519" },
};

function slotOf({ jwksUrl }: JwtIssuer): string {
  return `auth:jwks:${jwksUrl}`;
}

function recall({ isolate }: KeyDeps, issuer: JwtIssuer): KeySet | undefined {
  return isolate.cache.get(slotOf(issuer))?.value as KeySet | undefined;
}

/**
 * The issuer's key for a token's `alg` and `kid`, `null` where it has none such. Keys are kept for 10 minutes; an unknown
 * `kid` asks again at most every 30 s. Throws `unavailable` where the issuer does not answer and was not heard for an hour.
 */
export async function issuerKey(
  deps: KeyDeps,
  issuer: JwtIssuer,
  header: { alg: JwtAlgorithm; kid: string | null },
): Promise<CryptoKey | null> {
  let set = await keySet(deps, issuer, FRESH_MS);
  let jwk = pick(set, header);
  if (jwk === undefined && deps.clock.now() - set.triedAt >= REFETCH_MS) {
    set = await keySet(deps, issuer, 0);
    jwk = pick(set, header);
  }
  return jwk === undefined ? null : importKey(set, jwk, header.alg);
}

async function keySet(deps: KeyDeps, issuer: JwtIssuer, maxAgeMs: number): Promise<KeySet> {
  const known = recall(deps, issuer);
  const now = deps.clock.now();
  if (known !== undefined) {
    if (known.fetchedAt > now - maxAgeMs) return known;
    if (known.triedAt > now - RETRY_MS) return requireUsable(known, now);
  }
  const usable = () => {
    const found = recall(deps, issuer);
    return found !== undefined && found.triedAt >= now ? requireUsable(found, now) : undefined;
  };
  return fillOnce(deps, slotOf(issuer), usable, () => refetch(deps, issuer, known));
}

function requireUsable(set: KeySet, now: number): KeySet {
  if (set.fetchedAt > now - USABLE_MS) return set;
  const detail = "The keys of the token's issuer cannot be read";
  throw new AppError("unavailable", { detail, retryAfterSeconds: RETRY_MS / 1_000 });
}

async function refetch(deps: KeyDeps, issuer: JwtIssuer, known: KeySet | undefined): Promise<KeySet> {
  const now = deps.clock.now();
  const imported = new Map<string, CryptoKey>();
  let set: KeySet;
  try {
    set = { keys: await fetchKeys(issuer.jwksUrl), fetchedAt: now, triedAt: now, imported };
  } catch (error) {
    deps.log.warn("jwks_failed", { issuer: issuer.issuer, error: String(error) });
    set = { keys: known?.keys ?? [], fetchedAt: known?.fetchedAt ?? -Infinity, triedAt: now, imported };
  }
  deps.isolate.cache.set(slotOf(issuer), set, JSON.stringify(set.keys).length * 4 + 1_000, now);
  return requireUsable(set, now);
}

async function fetchKeys(url: string): Promise<JWK[]> {
  const headers = { Accept: "application/jwk-set+json, application/json" };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { headers, signal, redirect: "manual" });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`"${url}" answers ${response.status}`);
  }
  const { keys } = JSON.parse(await readBounded(response.body)) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length > MAX_KEYS)
    throw new Error(`"${url}" is no set of at most 100 keys`);
  return keys.filter((key): key is JWK => typeof key === "object" && key !== null);
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of body) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MAX_BYTES) throw new Error(`More than ${MAX_BYTES} bytes of keys`);
  }
  return text + decoder.decode();
}

/** The one key that fits; without a `kid` only where no other fits. */
function pick({ keys }: KeySet, { alg, kid }: { alg: JwtAlgorithm; kid: string | null }): JWK | undefined {
  const { kty, crv } = KEY_TYPES[alg];
  const fitting = keys.filter(
    (key) =>
      key.kty === kty &&
      (crv === undefined || key.crv === crv) &&
      (key.use === undefined || key.use === "sig") &&
      (key.alg === undefined || key.alg === alg) &&
      (kid === null || key.kid === kid),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

async function importKey({ imported }: KeySet, jwk: JWK, alg: JwtAlgorithm): Promise<CryptoKey | null> {
  const name = JSON.stringify([alg, jwk]);
  const known = imported.get(name);
  if (known !== undefined) return known;
  try {
    // Only what makes a public key: a private or symmetric one in the set is none to trust.
    const { kty, crv, n, e, x, y } = jwk;
    const key = await importJWK({ kty, crv, n, e, x, y } as JWK, alg);
    if (key instanceof Uint8Array || key.type !== "public") return null;
    imported.set(name, key);
    return key;
  } catch {
    return null;
  }
}

import { isAway } from "../domain/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { EdgeCache } from "../ports/edge-cache.ts";
import type { Kv } from "../ports/kv.ts";
import type { Lifetime } from "../ports/lifetime.ts";
import type { Log } from "../ports/log.ts";
import { noteLookup, noteStale } from "../ports/receipt.ts";
import type { Receipt } from "../ports/receipt.ts";
import { FILL_LEASE_MS, fillOnce } from "./fill-once.ts";
import type { CacheMemory } from "./memory.ts";

export type SharedTier = "edge" | "kv";

/** How long one namespace of keys is cached, and where. An entry's age counts from its fill, whatever tier it comes from. */
export interface CachePolicy {
  /** What receipts call it. */
  name: string;
  freshSeconds: number;
  /** For how long after that an entry is served while it is filled anew. */
  staleSeconds: number;
  /** Tiers beyond the isolate's memory, nearest first. */
  shared: readonly SharedTier[];
  /** Up to which age an entry is served where filling it anew is impossible, as a store is away. */
  lastResortSeconds?: number;
}

export interface TierPorts {
  isolate: { cache: CacheMemory };
  edgeCache: EdgeCache;
  kv: Kv;
  clock: Clock;
  lifetime: Lifetime;
  log: Log;
  receipt: Receipt;
}

/** A value and when it was right: milliseconds since the epoch, before it was asked for. */
export interface Stored<T> {
  storedAt: number;
  value: T;
}

/** KV refuses an `expirationTtl` below 60 s. */
export const MIN_KV_TTL_SECONDS = 60;

const SHARED = "shared|";
const SHARE_AGAIN_MS = 60_000;

/**
 * Answers from memory, then the shared tiers, then `fill`; one fill at a time for a key and isolate. An entry older than
 * fresh is served at once and filled after the response, one older than fresh and stale together only as the last resort.
 * Every tier fails open; what `fill` throws comes through where there is none. `T` must survive JSON.
 */
export async function readThrough<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
  fill: () => Promise<T>,
): Promise<T> {
  const usableSeconds = policy.freshSeconds + policy.staleSeconds;
  const near = recallNoted<T>(ports, key, policy, usableSeconds);
  const found = near ?? (await backfill<T>(ports, key, policy));
  if (found !== undefined) {
    if (!isWithin(ports, found, policy.freshSeconds)) refill(ports, key, policy, fill);
    return found.value;
  }
  const again = () => recallNoted<T>(ports, key, policy, usableSeconds)?.value;
  const filled = () => {
    noteLookup(ports.receipt, policy.name, "fill");
    return fillAndStore(ports, key, policy, fill);
  };
  return orLastKnown(ports, key, policy, () => fillOnce(ports, key, again, filled));
}

/**
 * What `read` gives, each time; kept for when it cannot be read, which is `policy.lastResortSeconds` long, and shared at most
 * once a minute. Where there is no such thing any more, nothing is kept either.
 */
export async function readOrLastKnown<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
  read: () => Promise<T>,
): Promise<T> {
  return orLastKnown(ports, key, policy, async () => {
    const storedAt = ports.clock.now();
    const value = await read().catch((error: unknown) => {
      if (!isAway(error)) ports.isolate.cache.delete(key);
      throw error;
    });
    const before = ports.isolate.cache.get(SHARED + key);
    remember(ports, key, { storedAt, value });
    if (before === undefined || Math.abs(storedAt - before.storedAt) > SHARE_AGAIN_MS) {
      ports.isolate.cache.set(SHARED + key, null, (SHARED.length + key.length) * 2, storedAt);
      share(ports, key, policy, value, storedAt);
    }
    return value;
  });
}

/** What `work` gives, or while that is away what was known last. */
async function orLastKnown<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = isAway(error) ? await lastKnown<T>(ports, key, policy) : undefined;
    if (known === undefined) throw error;
    noteStale(ports.receipt, known.storedAt);
    return known.value;
  }
}

/** The nearest entry that is not too old to be the last resort. */
export async function lastKnown<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
): Promise<Stored<T> | undefined> {
  const seconds = policy.lastResortSeconds ?? 0;
  if (seconds === 0) return undefined;
  const near = recall<T>(ports, key, seconds);
  if (near !== undefined) return near;
  const found = await readShared<T>(ports, key, policy);
  return found !== undefined && isWithin(ports, found, seconds) ? found : undefined;
}

/** Reads the shared tiers, the nearest first, whatever the age; `undefined` where none has it. */
export async function readShared<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
): Promise<Stored<T> | undefined> {
  for (const tier of policy.shared) {
    try {
      const text = await (tier === "edge" ? ports.edgeCache.get(key) : ports.kv.get(key));
      const found: unknown = text === null ? null : JSON.parse(text);
      if (!isStored<T>(found)) continue;
      noteLookup(ports.receipt, policy.name, tier, !isWithin(ports, found, policy.freshSeconds));
      return found;
    } catch (error) {
      logFailure(ports, key, error, tier);
    }
  }
  return undefined;
}

/** Keeps a value in the shared tiers, after the response. */
export function share<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
  value: T,
  storedAt = ports.clock.now(),
): void {
  if (policy.shared.length === 0) return;
  const text = JSON.stringify({ storedAt, value } satisfies Stored<T>);
  const ttlSeconds = Math.max(policy.freshSeconds + policy.staleSeconds, policy.lastResortSeconds ?? 0);
  for (const tier of policy.shared) {
    const put =
      tier === "edge"
        ? ports.edgeCache.put(key, text, ttlSeconds)
        : ports.kv.put(key, text, Math.max(MIN_KV_TTL_SECONDS, ttlSeconds));
    ports.lifetime.defer(put.catch((error) => logFailure(ports, key, error, tier)));
  }
}

function recall<T>(ports: TierPorts, key: string, seconds: number): Stored<T> | undefined {
  const entry = ports.isolate.cache.get(key);
  // Sound: a key's namespace has one type of value, which its policy's owner put there.
  const stored = entry && { storedAt: entry.storedAt, value: entry.value as T };
  return stored && isWithin(ports, stored, seconds) ? stored : undefined;
}

function recallNoted<T>(
  ports: TierPorts,
  key: string,
  { name, freshSeconds }: CachePolicy,
  usableSeconds: number,
): Stored<T> | undefined {
  const found = recall<T>(ports, key, usableSeconds);
  if (found !== undefined) noteLookup(ports.receipt, name, "memory", !isWithin(ports, found, freshSeconds));
  return found;
}

async function backfill<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
): Promise<Stored<T> | undefined> {
  const found = await readShared<T>(ports, key, policy);
  if (found === undefined || !isWithin(ports, found, policy.freshSeconds + policy.staleSeconds)) return;
  remember(ports, key, found);
  return found;
}

/** Fills anew after the response, where no one does. */
function refill<T>(ports: TierPorts, key: string, policy: CachePolicy, fill: () => Promise<T>): void {
  const { cache } = ports.isolate;
  if (!cache.beginFill(key, ports.clock.now(), FILL_LEASE_MS)) return;
  const filled = fillAndStore(ports, key, policy, fill).finally(() => cache.endFill(key));
  ports.lifetime.defer(filled.catch((error) => logFailure(ports, key, error, "fill")));
}

async function fillAndStore<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
  fill: () => Promise<T>,
): Promise<T> {
  const storedAt = ports.clock.now();
  const value = await fill();
  remember(ports, key, { storedAt, value });
  share(ports, key, policy, value, storedAt);
  return value;
}

function remember<T>(ports: TierPorts, key: string, { storedAt, value }: Stored<T>): void {
  ports.isolate.cache.set(key, value, (JSON.stringify(value).length + key.length) * 2, storedAt);
}

/** Whether an entry is at most so old; one of the future, by another's clock, counts as new. */
function isWithin(ports: TierPorts, { storedAt }: Stored<unknown>, seconds: number): boolean {
  return ports.clock.now() - storedAt <= seconds * 1_000;
}

function isStored<T>(found: unknown): found is Stored<T> {
  if (typeof found !== "object" || found === null) return false;
  return "storedAt" in found && typeof found.storedAt === "number" && "value" in found;
}

function logFailure(ports: TierPorts, key: string, error: unknown, tier: string): void {
  ports.log.warn("cache_failed", { tier, key, error: String(error) });
}

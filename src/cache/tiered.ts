import type { Clock } from "../ports/clock.ts";
import type { EdgeCache } from "../ports/edge-cache.ts";
import type { Kv } from "../ports/kv.ts";
import type { Lifetime } from "../ports/lifetime.ts";
import type { Log } from "../ports/log.ts";
import type { Receipt } from "../ports/receipt.ts";
import type { CacheMemory } from "./memory.ts";

export type SharedTier = "edge" | "kv";

/** How one namespace of keys is cached. Keys carry the version of their data, so an entry is never wrong, only unused. */
export interface CachePolicy {
  freshSeconds: number;
  /** For how long after that an entry is served while it is filled anew. */
  staleSeconds: number;
  /** Tiers beyond the isolate's memory, nearest first. */
  shared: readonly SharedTier[];
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

/** What is kept in a shared tier: times in milliseconds since the epoch. */
interface Envelope<T> {
  storedAt: number;
  value: T;
}

const FILL_LEASE_MS = 2_000;
const FILL_POLL_MS = 5;
/** KV refuses an `expirationTtl` below 60 s. */
const MIN_KV_TTL_SECONDS = 60;

/**
 * Answers from memory, then the shared tiers, then `fill`. One fill at a time for a key and isolate: others wait for its
 * value, at most two seconds. A stale entry is served at once and filled after the response. Every tier fails open.
 * `T` must survive JSON.
 */
export async function readThrough<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
  fill: () => Promise<T>,
): Promise<T> {
  const now = ports.clock.now();
  const found = peek<T>(ports, key) ?? (await backfill<T>(ports, key, policy));
  if (found !== undefined) {
    const ageSeconds = (now - found.storedAt) / 1_000;
    if (ageSeconds <= policy.freshSeconds) {
      ports.receipt.cache = "hit";
      return found.value;
    }
    if (ageSeconds <= policy.freshSeconds + policy.staleSeconds) {
      ports.receipt.cache = "stale";
      if (ports.isolate.cache.beginFill(key, now, FILL_LEASE_MS)) {
        ports.lifetime.defer(
          fillAndStore(ports, key, policy, fill).catch((error) => logMiss(ports, key, error)),
        );
      }
      return found.value;
    }
  }
  ports.receipt.cache = "miss";
  if (!ports.isolate.cache.beginFill(key, now, FILL_LEASE_MS)) {
    const filled = await waitForFill<T>(ports, key);
    if (filled !== undefined) return filled.value;
  }
  return fillAndStore(ports, key, policy, fill);
}

async function fillAndStore<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
  fill: () => Promise<T>,
): Promise<T> {
  try {
    const value = await fill();
    store(ports, key, policy, value);
    return value;
  } finally {
    ports.isolate.cache.endFill(key);
  }
}

function peek<T>(ports: TierPorts, key: string): Envelope<T> | undefined {
  const entry = ports.isolate.cache.get(key);
  return entry === undefined ? undefined : { storedAt: entry.storedAt, value: entry.value as T };
}

async function backfill<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
): Promise<Envelope<T> | undefined> {
  const found = await readShared<T>(ports, key, policy);
  if (found === undefined) return undefined;
  ports.isolate.cache.set(key, found.value, JSON.stringify(found.value).length * 2, found.storedAt);
  return found;
}

async function waitForFill<T>(ports: TierPorts, key: string): Promise<Envelope<T> | undefined> {
  const filling = () => ports.isolate.cache.filling(key, ports.clock.now());
  for (let waitedMs = 0; waitedMs < FILL_LEASE_MS && filling(); waitedMs += FILL_POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, FILL_POLL_MS));
  }
  return peek<T>(ports, key);
}

/** Reads the shared tiers, the nearest first. */
export async function readShared<T>(
  ports: TierPorts,
  key: string,
  policy: CachePolicy,
): Promise<Envelope<T> | undefined> {
  for (const tier of policy.shared) {
    try {
      const text = await (tier === "edge" ? ports.edgeCache.get(key) : ports.kv.get(key));
      if (text === null) continue;
      return JSON.parse(text) as Envelope<T>;
    } catch (error) {
      logMiss(ports, key, error, tier);
    }
  }
  return undefined;
}

/** Keeps a value in memory at once and in the shared tiers after the response. */
function store<T>(ports: TierPorts, key: string, policy: CachePolicy, value: T): void {
  const sizeBytes = JSON.stringify(value).length * 2;
  ports.isolate.cache.set(key, value, sizeBytes, ports.clock.now());
  share(ports, key, policy, value);
}

/** Keeps a value in the shared tiers, after the response. */
export function share<T>(ports: TierPorts, key: string, policy: CachePolicy, value: T): void {
  if (policy.shared.length === 0) return;
  const text = JSON.stringify({ storedAt: ports.clock.now(), value } satisfies Envelope<T>);
  const ttlSeconds = policy.freshSeconds + policy.staleSeconds;
  for (const tier of policy.shared) {
    const put =
      tier === "edge"
        ? ports.edgeCache.put(key, text, ttlSeconds)
        : ports.kv.put(key, text, Math.max(MIN_KV_TTL_SECONDS, ttlSeconds));
    ports.lifetime.defer(put.catch((error) => logMiss(ports, key, error, tier)));
  }
}

function logMiss(ports: TierPorts, key: string, error: unknown, tier = "fill"): void {
  ports.log.warn("cache_failed", { tier, key, error: String(error) });
}
